//! Networks of any settings that are good.

mod network;
mod opinion;
mod relay;
mod status;

pub use network::{given, network};
