//! The laws that hold for all messages.

mod control;
