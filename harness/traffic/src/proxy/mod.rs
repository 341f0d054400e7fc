//! A proxy that can be cut or slowed while it runs.

mod connection;
mod link;
mod queue;
mod server;
mod state;

pub use link::Link;
pub use server::Proxy;
pub use state::ProxyCounts;
