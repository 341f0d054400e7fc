//! A document of each kind, all of one small network: [`of`] a kind, or by name.

mod diff;
mod kinds;
mod network;

pub use kinds::*;
pub use network::network;
