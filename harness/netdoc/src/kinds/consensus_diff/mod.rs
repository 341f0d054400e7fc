//! The consensus diff.

mod apply;
mod changes;
mod commands;
mod diff;
mod make;

pub use apply::ApplyError;
pub use commands::{Action, Command, Commands};
pub use diff::ConsensusDiff;
pub use make::MakeError;
