//! `cargo xtask tidy`: what the compiler does not check.
//!
//! [`arrows`] compares the workspace's dependencies with the house's plan, [`shared`] with what the
//! root's manifest lists; [`text`] reads the files.

mod arrows;
mod command;
mod face;
mod shared;
mod text;

pub(crate) use command::{Flags, check, run};
