//! The consensus diff.

mod apply;
mod commands;
mod diff;

pub use apply::ApplyError;
pub use commands::{Action, Command, Commands};
pub use diff::ConsensusDiff;
