//! How deep a network document is read.

mod depths;
mod fields;

pub use depths::{Depth, Read};
