//! What makes a mock do otherwise than tor.

mod advice;
mod answer;
mod builder;
mod command;
mod emit;
mod error;
mod event;
mod fault;
mod file;
mod matcher;
mod on;
mod place;
mod play;
mod quirk;
mod times;
mod values;

pub use answer::Answer;
pub use builder::Script;
pub use emit::Emit;
pub use error::ScriptError;
pub use event::EventError;
pub use fault::Fault;
pub use on::On;
pub use place::Place;
pub use play::{Report, Unmet};
pub use quirk::Quirk;
pub use times::{Times, TimesError};

pub(crate) use answer::Says;
pub(crate) use event::emit_written;
pub(crate) use matcher::Came;
pub(crate) use play::Playbook;
