//! `cargo xtask dist`: what people install who do not write Rust.

mod build;
mod command;
mod trial;

pub(crate) use command::{Flags, check, run};
