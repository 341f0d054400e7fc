//! SOCKS5 as tor speaks it (RFC 1928, RFC 1929, tor's socks-extensions).
//!
//! [`Handshake`] is bytes in, bytes out; [`Socks5`] moves them.

mod client;
mod error;
mod handshake;
mod isolation;
mod request;
mod status;
mod target;

pub use client::Socks5;
pub use error::{ProtocolError, RequestError, SocksError};
pub use handshake::{Handshake, Reply, Step};
pub use isolation::Isolation;
pub use request::Command;
pub use status::Status;
pub use target::{Address, Target};
