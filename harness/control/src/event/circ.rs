//! The CIRC event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::{BuildFlag, CircPurpose, CircReason, HsState, LongName, Path};
use crate::words::words;

/// CIRC: a circuit's status has changed (section 4.1.1).
///
/// `GETINFO circuit-status` has lines of the same form, without the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Circ<'a> {
    /// The circuit.
    pub id: &'a str,
    /// Its status now.
    pub status: CircStatus<'a>,
    /// The hops so far; LAUNCHED has none.
    pub path: Option<Path<'a>>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// A circuit's status.
    CircStatus {
        /// It was begun.
        Launched = "LAUNCHED",
        /// It is there, and is not used until it is clear that no better guard works.
        GuardWait = "GUARD_WAIT",
        /// All hops are there.
        Built = "BUILT",
        /// Another hop is there.
        Extended = "EXTENDED",
        /// It could not be built.
        Failed = "FAILED",
        /// It is no more.
        Closed = "CLOSED",
    }
}

impl<'a> Circ<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            id: head.word("circuit")?,
            status: head.one_of("status", CircStatus::new)?,
            path: head.positional().map(Path::new),
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The hops so far, the nearest first.
    pub fn hops(&self) -> impl Iterator<Item = LongName<'a>> + Clone + use<'a> {
        self.path.unwrap_or(Path::new("")).hops()
    }

    /// The kind of proof of work for the onion service, and its effort.
    #[must_use]
    pub fn hs_pow(&self) -> Option<(&'a str, u64)> {
        hs_pow(self.keywords)
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("CIRC")
            .word(self.id)
            .word(self.status)
            .optional(self.path)
            .end(self.keywords, self.more)
    }
}

/// `HS_POW`: the kind of proof of work, and its effort.
pub(super) fn hs_pow(keywords: Keywords<'_>) -> Option<(&str, u64)> {
    let (kind, effort) = keywords.plain("HS_POW")?.split_once(',')?;
    Some((kind, effort.parse().ok()?))
}

accessors! { impl Circ {
    /// How it was meant to be built.
    words build_flags: BuildFlag = "BUILD_FLAGS";
    /// What it is for.
    word purpose: CircPurpose = "PURPOSE";
    /// How far it is, for one of an onion service.
    word hs_state: HsState = "HS_STATE";
    /// The onion service's address, without `.onion`.
    text rend_query = "REND_QUERY";
    /// When it was launched, or taken for another purpose.
    time time_created = "TIME_CREATED";
    /// Why it failed or was closed.
    word reason: CircReason = "REASON";
    /// The reason that a relay gave.
    word remote_reason: CircReason = "REMOTE_REASON";
    /// The user name that keeps its streams apart from others.
    bytes socks_username = "SOCKS_USERNAME";
    /// The password that keeps its streams apart from others.
    bytes socks_password = "SOCKS_PASSWORD";
    /// The conflux set that it is a leg of, in hexadecimal.
    text conflux_id = "CONFLUX_ID";
    /// The time to the end of the leg and back, in microseconds; the leg with the
    /// shortest is the one that is used.
    number conflux_rtt: u64 = "CONFLUX_RTT";
}}
