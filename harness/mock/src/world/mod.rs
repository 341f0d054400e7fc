//! What all connections of a port share: its configuration, its time, what it
//! tells whom.

mod accounting;
mod address_map;
pub(crate) mod arguments;
mod authentication;
mod bandwidth;
pub(crate) mod circuit;
pub(crate) mod config;
mod descriptor;
mod dropping;
mod escaped;
pub(crate) mod events;
pub(crate) mod info;
mod lone_bytes;
mod onion;
mod persona;
mod random;
mod scrub;
mod settings;
mod signals;
mod state;
mod stream;
pub(crate) mod ticker;
mod torrc_file;

pub(crate) use onion::OnionKey;
pub use persona::Persona;
pub use random::Random;

pub(crate) use state::World;
