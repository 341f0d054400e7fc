//! The CIRC_MINOR event.

use crate::event::accessors::accessors;
use crate::event::circ::hs_pow;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::{BuildFlag, CircPurpose, HsState, LongName, Path};
use crate::words::words;

/// CIRC_MINOR: something about a circuit has changed that is not its status
/// (section 4.1.19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CircMinor<'a> {
    /// The circuit.
    pub id: &'a str,
    /// What has changed.
    pub change: CircChange<'a>,
    /// The hops so far.
    pub path: Option<Path<'a>>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// What has changed about a circuit.
    CircChange {
        /// What it is for, or how far it is for an onion service.
        PurposeChanged = "PURPOSE_CHANGED",
        /// It was taken for another purpose and gets another hop.
        Cannibalized = "CANNIBALIZED",
    }
}

impl<'a> CircMinor<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            id: head.word("circuit")?,
            change: head.one_of("change", CircChange::new)?,
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
        LineWriter::new("CIRC_MINOR")
            .word(self.id)
            .word(self.change)
            .optional(self.path)
            .end(self.keywords, self.more)
    }
}

accessors! { impl CircMinor {
    /// How it was meant to be built.
    words build_flags: BuildFlag = "BUILD_FLAGS";
    /// What it is for now.
    word purpose: CircPurpose = "PURPOSE";
    /// How far it is now, for one of an onion service.
    word hs_state: HsState = "HS_STATE";
    /// The onion service's address, without `.onion`.
    text rend_query = "REND_QUERY";
    /// When it was launched, or taken for another purpose.
    time time_created = "TIME_CREATED";
    /// What it was for.
    word old_purpose: CircPurpose = "OLD_PURPOSE";
    /// How far it was.
    word old_hs_state: HsState = "OLD_HS_STATE";
    /// CANNIBALIZED: when it was launched.
    time old_time_created = "OLD_TIME_CREATED";
    /// The user name that keeps its streams apart from others.
    bytes socks_username = "SOCKS_USERNAME";
    /// The password that keeps its streams apart from others.
    bytes socks_password = "SOCKS_PASSWORD";
    /// The conflux set that it is a leg of, in hexadecimal.
    text conflux_id = "CONFLUX_ID";
    /// The time to the end of the leg and back, in microseconds.
    number conflux_rtt: u64 = "CONFLUX_RTT";
}}
