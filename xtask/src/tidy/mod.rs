//! `cargo xtask tidy`: what the compiler does not check.
//!
//! [`arrows`] compares the workspace's dependencies with the house's plan, [`text`] reads the
//! files.

mod arrows;
mod command;
mod text;

pub(crate) use command::{Flags, check, run};
