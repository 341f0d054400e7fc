//! A port with sockets: one event loop for all connections, on a thread of its
//! own; or without any, in memory.

mod builder;
mod error;
mod event_loop;
mod files;
mod listen;
mod live;
mod memory;
mod mock;
mod persona;
mod service;
mod shared;
mod socket;

pub use builder::Builder;
pub use error::MockError;
pub(crate) use event_loop::Running;
pub(crate) use listen::listen;
pub use memory::MemoryConnection;
pub use mock::Mock;
pub(crate) use service::Service;
