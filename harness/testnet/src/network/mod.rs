//! A network: authorities, relays, and what the ones say of the others.

mod archive;
mod consensus;
mod documents;
mod files;
mod named;
mod settings;
mod vote;

pub use documents::Documents;
pub use settings::{Network, StatusSettings};
