//! What all connections of a port share: its configuration, its time, what it
//! tells whom.

pub(crate) mod config;
pub(crate) mod events;
pub(crate) mod info;
mod persona;
mod random;
mod settings;
mod signals;
mod state;
pub(crate) mod ticker;

pub use persona::Persona;
pub use random::Random;

pub(crate) use state::World;
