//! What goes through a network under test: servers to reach, a SOCKS5 client to
//! reach them with, a check that the bytes arrive.
//!
//! Nothing here knows tor, and nothing dials or listens beyond loopback: an address
//! that is not there is refused before anything is sent. A server is a value; when it is
//! dropped its connections are closed and its threads have ended.
//!
//! ```
//! use std::time::Duration;
//! use tor_harness_traffic::{HttpServer, http_get};
//!
//! let server = HttpServer::serving("hello")?;
//! let response = http_get(server.address(), "/", Duration::from_secs(5))?;
//! assert_eq!((response.status, &response.body[..]), (200, &b"hello"[..]));
//! assert_eq!(server.requests()[0].target, "/");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod deadline;
mod echo;
mod http;
mod loopback;
mod server;
mod socks;
mod watched;

pub use echo::EchoServer;
pub use http::{HttpError, HttpServer, Request, Response, http_get, http_get_over};
pub use loopback::connect;
pub use socks::{
    Address, Command, Handshake, Isolation, ProtocolError, Reply, RequestError, Socks5, SocksError,
    Status, Step, Target,
};
pub use watched::Unmet;
