//! The CLIENTS_SEEN event.

use crate::event::accessors::accessors;
use crate::event::keywords_alone::keywords_alone;
use crate::event::more::MoreLines;
use crate::keywords::Keywords;
use crate::value::Counts;

/// CLIENTS_SEEN: where a bridge's clients come from (section 4.1.14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClientsSeen<'a> {
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

keywords_alone! { ClientsSeen = "CLIENTS_SEEN" }

impl<'a> ClientsSeen<'a> {
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
}

accessors! { impl ClientsSeen {
    /// When counting began, in UTC.
    time time_started = "TimeStarted";
}}
