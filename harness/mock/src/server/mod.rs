//! A port with sockets: one event loop for all connections, on a thread of its
//! own; or none, in memory.

mod builder;
mod error;
mod event_loop;
mod memory;
mod mock;
mod persona;
mod socket;
mod stage;

pub use builder::Builder;
pub use error::MockError;
pub use memory::{Memory, MemoryConnection};
pub use mock::Mock;
