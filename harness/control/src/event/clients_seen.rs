//! The CLIENTS_SEEN event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::Counts;

/// CLIENTS_SEEN: where a bridge's clients come from (section 4.1.14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClientsSeen<'a> {
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

impl<'a> ClientsSeen<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// How many clients came from each country, by its two letters or `??`;
    /// rounded.
    #[must_use]
    pub fn countries(&self) -> Option<Counts<'a>> {
        let text = self.keywords.plain("CountrySummary")?;
        Some(Counts::new(text, '='))
    }

    /// How many clients came with each version of IP: `v4`, `v6`; rounded.
    #[must_use]
    pub fn ip_versions(&self) -> Option<Counts<'a>> {
        let text = self.keywords.plain("IPVersions")?;
        Some(Counts::new(text, '='))
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("CLIENTS_SEEN").end(self.keywords, self.more)
    }
}

accessors! { impl ClientsSeen {
    /// When counting began, in UTC.
    time time_started = "TimeStarted";
}}
