//! The BUILDTIMEOUT_SET event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::words::words;

/// BUILDTIMEOUT_SET: how long circuits may take has been learned
/// (section 4.1.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BuildTimeoutSet<'a> {
    /// How that came.
    pub kind: BuildTimeoutKind<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// How a timeout came.
    BuildTimeoutKind {
        /// From the circuits so far.
        Computed = "COMPUTED",
        /// It starts anew.
        Reset = "RESET",
        /// The network is away; it is what it is at first.
        Suspended = "SUSPENDED",
        /// What was measured while the network was away is forgotten.
        Discard = "DISCARD",
        /// It is learned again.
        Resume = "RESUME",
    }
}

impl<'a> BuildTimeoutSet<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            kind: head.one_of("kind of timeout", BuildTimeoutKind::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("BUILDTIMEOUT_SET")
            .word(self.kind)
            .end(self.keywords, self.more)
    }
}

accessors! { impl BuildTimeoutSet {
    /// How many circuits it was learned from.
    number total_times: u64 = "TOTAL_TIMES";
    /// How long a circuit may take, in milliseconds.
    number timeout_ms: u64 = "TIMEOUT_MS";
    /// The Pareto distribution's Xm, in milliseconds.
    number xm: u64 = "XM";
    /// The Pareto distribution's alpha.
    number alpha: f64 = "ALPHA";
    /// The quantile where the timeout lies.
    number cutoff_quantile: f64 = "CUTOFF_QUANTILE";
    /// The share of circuits that take longer.
    number timeout_rate: f64 = "TIMEOUT_RATE";
    /// How long a circuit is kept to measure it, in milliseconds.
    number close_ms: u64 = "CLOSE_MS";
    /// The share of measured circuits that are closed.
    number close_rate: f64 = "CLOSE_RATE";
}}
