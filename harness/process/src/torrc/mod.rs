//! The torrc of a throwaway tor: what the user adds to it, what tor is told.

mod check;
pub(crate) mod files;
mod render;
mod scan;

pub(crate) use check::{Extra, check};
pub use check::{Refusal, TorrcError};
pub(crate) use render::Config;
pub(crate) use scan::Word;
