//! The NETWORK_LIVENESS event.

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::words::words;

/// NETWORK_LIVENESS: the network can be reached, or no longer
/// (section 4.1.27).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NetworkLiveness<'a> {
    /// Whether it can.
    pub status: Liveness<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// Whether the network can be reached.
    Liveness {
        /// It can.
        Up = "UP",
        /// It cannot.
        Down = "DOWN",
    }
}

impl<'a> NetworkLiveness<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            status: head.one_of("status", Liveness::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("NETWORK_LIVENESS")
            .word(self.status)
            .end(self.keywords, self.more)
    }
}
