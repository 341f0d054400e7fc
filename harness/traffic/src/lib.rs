//! What goes through a network under test: servers to reach, a SOCKS5 client to
//! reach them with, a check that the bytes arrive.
//!
//! Nothing here knows tor, and nothing dials or listens beyond loopback: an address
//! that is not there is refused before anything is sent. A server or a [`Proxy`] is a
//! value; when it is dropped its connections are closed and its threads have ended. It
//! takes 256 connections at a time, and hangs up on who comes then.
//!
//! ```
//! use std::time::Duration;
//! use tor_harness_traffic::{EchoServer, HttpServer, Link, Proxy, TrafficCheck, connect, http_get};
//!
//! let within = Duration::from_secs(20);
//! let server = HttpServer::serving("hello")?;
//! let response = http_get(server.address(), "/", within)?;
//! assert_eq!((response.status, &response.body[..]), (200, &b"hello"[..]));
//! assert_eq!(server.requests()[0].target, "/");
//!
//! let echo = EchoServer::start()?;
//! let proxy = Proxy::to(echo.address())?;
//! proxy.set(Link::new().latency(Duration::from_millis(5)));
//! let check = TrafficCheck::new(100_000, 2);
//! let report = check.run(|_stream| connect(proxy.address(), within))?;
//! assert_eq!(report.bytes(), 200_000);
//! assert_eq!(proxy.counts().to_target, 200_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
mod deadline;
mod echo;
mod http;
mod loopback;
mod proxy;
mod server;
mod socks;
mod watched;

pub use check::{StreamReport, TrafficCheck, TrafficError, TrafficReport};
pub use echo::EchoServer;
pub use http::{HttpError, HttpServer, Request, Response, http_get, http_get_over};
pub use loopback::connect;
pub use proxy::{Link, Proxy, ProxyCounts};
pub use socks::{
    Address, Command, Handshake, Isolation, ProtocolError, Reply, RequestError, Socks5, SocksError,
    Status, Step, Target,
};
pub use watched::Unmet;
