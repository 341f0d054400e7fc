//! A document of each kind, all of one small network.

mod diff;
mod kinds;
mod network;

pub use kinds::*;
pub use network::sample_network;
