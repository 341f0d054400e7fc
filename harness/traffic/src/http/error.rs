//! Why there is no response.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// Why a GET has no response.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// No connection could be made.
    #[error("connecting to {address}: {source}")]
    Connect {
        /// Where to.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The stream is none to loopback; nothing was sent.
    #[error("expected a stream to loopback: {0}")]
    Peer(io::Error),
    /// What is asked for is not a host and a path, both without spaces.
    #[error("expected a host and a path, such as example.com/index.html, got `{}`", .0.escape_debug())]
    Target(String),
    /// The connection broke.
    #[error("expected an HTTP response, but the connection broke after {got} bytes: {source}")]
    Io {
        /// How many bytes came before.
        got: usize,
        /// Why.
        source: io::Error,
    },
    /// It did not come in time.
    #[error("expected an HTTP response within {waited:.1?}, got {got} bytes of it")]
    Deadline {
        /// How many bytes came.
        got: usize,
        /// How long.
        waited: Duration,
    },
    /// The connection was closed before the response was whole.
    #[error("expected {expected}, but the connection was closed after {got} bytes")]
    Closed {
        /// What was waited for.
        expected: String,
        /// How many bytes came.
        got: usize,
    },
    /// What came is no HTTP response.
    #[error("expected an HTTP response, got `{got}`: {problem}")]
    Protocol {
        /// The beginning of what came.
        got: String,
        /// What is wrong.
        problem: String,
    },
    /// More came than a response may have.
    #[error("expected at most {most} bytes, and more came; ask for a smaller body")]
    TooLong {
        /// How many there may be.
        most: usize,
    },
}
