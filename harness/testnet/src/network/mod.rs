//! A network: authorities, relays, what the ones say of the others.

mod archive;
mod bandwidth_file;
mod bridges;
mod consensus;
mod detached_signatures;
mod documents;
mod files;
mod lists;
mod named;
mod network_status_2;
mod settings;
mod state;
mod vote;

pub use documents::Documents;
pub use settings::{Network, StatusSettings};
