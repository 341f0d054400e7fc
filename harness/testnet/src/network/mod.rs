//! A network: authorities, relays, and what the ones say of the others.

mod consensus;
mod entries;
mod files;
mod settings;
mod vote;

pub use files::File;
pub use settings::{Network, StatusSettings};
