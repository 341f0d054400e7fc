//! The laws that hold for all messages.

mod control;
mod mock;
mod netdoc;
mod recordings;
