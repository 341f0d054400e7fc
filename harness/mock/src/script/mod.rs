//! What makes a mock do otherwise than tor.

mod builder;
mod command;
mod emit;
mod error;
mod event;
mod file;
mod on;
mod place;
mod playbook;
mod times;
mod unmet;

pub use builder::Script;
pub use emit::Emit;
pub use error::ScriptError;
pub use event::EventError;
pub use on::On;
pub use place::Place;
pub use times::{Times, TimesError};
pub use unmet::Unmet;

pub(crate) use playbook::Playbook;
