//! The GUARD event.

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::LongName;
use crate::words::words;

/// GUARD: the set of guards has changed (section 4.1.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Guard<'a> {
    /// What it is a guard for.
    pub kind: GuardKind<'a>,
    /// The relay. Nothing stands behind the `~` where it is not known.
    pub relay: LongName<'a>,
    /// What has changed about it.
    pub status: GuardStatus<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// What a relay is a guard for.
    GuardKind {
        /// The way into the network.
        Entry = "ENTRY",
    }
}

words! {
    /// What has changed about a guard.
    GuardStatus {
        /// It was picked.
        New = "NEW",
        /// It can be reached.
        Up = "UP",
        /// It cannot be reached.
        Down = "DOWN",
        /// It can be no guard now.
        Bad = "BAD",
        /// It can be no guard of the second layer any more.
        BadL2 = "BAD_L2",
        /// It can be a guard again.
        Good = "GOOD",
        /// It is no guard any more.
        Dropped = "DROPPED",
    }
}

impl<'a> Guard<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            kind: head.one_of("kind of guard", GuardKind::new)?,
            relay: head.one_of("relay", LongName::new)?,
            status: head.one_of("status", GuardStatus::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("GUARD")
            .word(self.kind)
            .word(self.relay)
            .word(self.status)
            .end(self.keywords, self.more)
    }
}
