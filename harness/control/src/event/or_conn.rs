//! The ORCONN event.

use core::fmt;

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::{HostPort, LongName, OrReason};
use crate::words::words;

/// ORCONN: a connection to a relay has changed (section 4.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrConn<'a> {
    /// The other end.
    pub peer: Peer<'a>,
    /// The connection's status now.
    pub status: OrStatus<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

/// The other end of a connection to a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Peer<'a> {
    /// The relay, once it is known.
    Relay(LongName<'a>),
    /// Its address.
    Address(HostPort<'a>),
}

impl<'a> Peer<'a> {
    /// Reads either: an address has a colon, a relay's name has none.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        if text.contains(':') {
            Self::Address(HostPort::new(text))
        } else {
            Self::Relay(LongName::new(text))
        }
    }
}

impl fmt::Display for Peer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Relay(name) => name.fmt(f),
            Self::Address(address) => address.fmt(f),
        }
    }
}

words! {
    /// A connection's status.
    OrStatus {
        /// It comes in.
        New = "NEW",
        /// It goes out.
        Launched = "LAUNCHED",
        /// It is there.
        Connected = "CONNECTED",
        /// It could not be made.
        Failed = "FAILED",
        /// It is no more.
        Closed = "CLOSED",
    }
}

impl<'a> OrConn<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            peer: head.one_of("relay or address", Peer::new)?,
            status: head.one_of("status", OrStatus::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("ORCONN")
            .word(self.peer)
            .word(self.status)
            .end(self.keywords, self.more)
    }
}

accessors! { impl OrConn {
    /// Why it failed or was closed.
    word reason: OrReason = "REASON";
    /// How many circuits were on it, or waited for it.
    number circuits: u64 = "NCIRCS";
    /// The connection.
    text id = "ID";
}}
