//! How deep a network document is read.

mod depths;
mod fields;
mod kind;

pub use depths::{Depth, Read};
pub use kind::kind;
