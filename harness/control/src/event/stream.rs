//! The STREAM event.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};

use crate::event::line::line;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::tokens::Tokens;
use crate::words::words;

/// STREAM: a stream's status has changed (section 4.1.2).
///
/// `GETINFO stream-status` has lines of the same form, without the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stream<'a> {
    /// The stream.
    pub id: &'a str,
    /// Its status now.
    pub status: StreamStatus<'a>,
    /// The circuit it is on; `0` for none.
    pub circuit: &'a str,
    /// Where it goes, as it came: `address:port`.
    pub target: &'a str,
    /// What follows.
    pub keywords: Keywords<'a>,
}

words! {
    /// A stream's status.
    StreamStatus {
        /// A connection was asked for.
        New = "NEW",
        /// A name's address was asked for.
        NewResolve = "NEWRESOLVE",
        /// The target was replaced by another.
        Remap = "REMAP",
        /// The circuit was asked to connect.
        SentConnect = "SENTCONNECT",
        /// The circuit was asked to resolve.
        SentResolve = "SENTRESOLVE",
        /// It is connected.
        Succeeded = "SUCCEEDED",
        /// It could not be done.
        Failed = "FAILED",
        /// It is no more.
        Closed = "CLOSED",
        /// It is on no circuit and may be put on another.
        Detached = "DETACHED",
        /// It waits for a controller to attach it.
        ControllerWait = "CONTROLLER_WAIT",
        /// It waits for the other end.
        XoffSent = "XOFF_SENT",
        /// The other end waits for it.
        XoffRecv = "XOFF_RECV",
        /// It goes on.
        XonSent = "XON_SENT",
        /// The other end goes on.
        XonRecv = "XON_RECV",
    }
}

impl<'a> Stream<'a> {
    pub(crate) fn parse(mut tokens: Tokens<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            id: tokens.required("stream")?,
            status: StreamStatus::new(tokens.required("status")?),
            circuit: tokens.required("circuit")?,
            target: tokens.required("target")?,
            keywords: Keywords::new(tokens.rest_text("arguments")?),
        })
    }

    /// The target's host and port: cut at the last colon, since an IPv6
    /// address may come without brackets.
    #[must_use]
    pub fn host_port(&self) -> Option<(&'a str, u16)> {
        let (host, port) = self.target.rsplit_once(':')?;
        let host = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        Some((host, port.parse().ok()?))
    }

    /// Why it failed, was closed or detached.
    #[must_use]
    pub fn reason(&self) -> Option<Cow<'a, str>> {
        self.keywords.value("REASON")
    }

    /// The event's line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let words = [self.id, self.status.as_str(), self.circuit, self.target].map(Some);
        line("STREAM".to_string(), &words, self.keywords)
    }
}
