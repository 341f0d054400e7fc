//! Why a SOCKS server has no answer.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use super::status::Status;
use super::target::{Address, Target};

/// Why a request cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// A name that a length of one byte cannot tell.
    #[error("expected a name of 1 to 255 bytes, got {0}")]
    Name(usize),
    /// A username that a length of one byte cannot tell.
    #[error("expected a username of at most 255 bytes, got {0}")]
    Username(usize),
    /// A password that a length of one byte cannot tell.
    #[error("expected a password of at most 255 bytes, got {0}")]
    Password(usize),
}

/// What is wrong with the bytes of a SOCKS server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProtocolError {
    /// Not version 5; 0x48 is what an HTTP server says.
    #[error("expected version 0x05, got {0:#04x}")]
    Version(u8),
    /// A way to authenticate that was not offered; 0xff is that none is acceptable.
    #[error("expected method {offered:#04x}, which was offered, got {chosen:#04x}")]
    Method {
        /// The way that was offered.
        offered: u8,
        /// The way that the server chose.
        chosen: u8,
    },
    /// Not version 1 of the authentication.
    #[error("expected version 0x01 of the authentication, got {0:#04x}")]
    AuthenticationVersion(u8),
    /// The username and the password are refused; tor does so to those that begin with
    /// `<torS0X>` and have a form that it does not know.
    #[error("expected status 0x00 of the authentication, got {0:#04x}")]
    Authentication(u8),
    /// No type of address.
    #[error("expected 0x01, 0x03 or 0x04 for the type of an address, got {0:#04x}")]
    AddressType(u8),
}

/// Why a SOCKS server gives no stream or no address.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SocksError {
    /// No connection to the server could be made.
    #[error("connecting to the SOCKS server {address}: {source}")]
    Connect {
        /// Where it is.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The request cannot be sent.
    #[error("asking for {target}: {source}")]
    Request {
        /// What was asked for.
        target: Target,
        /// Why.
        source: RequestError,
    },
    /// The server refused, or could not.
    #[error("the SOCKS server has no {target}: {status}")]
    Refused {
        /// What was asked for.
        target: Target,
        /// What it said.
        status: Status,
    },
    /// What came is not SOCKS5.
    #[error("asking for {target}: {source}; all that came: `{}`", got.escape_ascii())]
    Protocol {
        /// What was asked for.
        target: Target,
        /// What is wrong.
        source: ProtocolError,
        /// All bytes that came.
        got: Vec<u8>,
    },
    /// What came does not answer what was asked.
    #[error("asking for {target}: expected {expected}, got `{got}`")]
    Unfit {
        /// What was asked for.
        target: Target,
        /// What was expected.
        expected: &'static str,
        /// What came.
        got: Address,
    },
    /// The server closed the connection before its reply was whole.
    #[error("asking for {target}: the SOCKS server closed the connection after `{}`", got.escape_ascii())]
    Closed {
        /// What was asked for.
        target: Target,
        /// All bytes that came.
        got: Vec<u8>,
    },
    /// The reply did not come in time.
    #[error("asking for {target}: no reply of the SOCKS server within {waited:.1?}, got `{}`", got.escape_ascii())]
    Deadline {
        /// What was asked for.
        target: Target,
        /// How long.
        waited: Duration,
        /// All bytes that came.
        got: Vec<u8>,
    },
    /// The connection broke.
    #[error("asking for {target}: {source}; all that came: `{}`", got.escape_ascii())]
    Io {
        /// What was asked for.
        target: Target,
        /// Why.
        source: io::Error,
        /// All bytes that came.
        got: Vec<u8>,
    },
}

impl SocksError {
    /// What the server said, if it refused.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }
}
