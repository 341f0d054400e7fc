//! The NEWDESC event.

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::{Keywords, is_keyword};
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::LongName;

/// NEWDESC: descriptors of relays have come (section 4.1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NewDesc<'a> {
    /// The first relay.
    pub relay: LongName<'a>,
    /// What follows: more relays.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

impl<'a> NewDesc<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            relay: head.one_of("relay", LongName::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// All relays, in order.
    pub fn relays(&self) -> impl Iterator<Item = LongName<'a>> + use<'a> {
        let words = self.keywords.as_str().split(' ');
        let more = words.filter(|word| !word.is_empty() && !is_keyword(word));
        core::iter::once(self.relay).chain(more.map(LongName::new))
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("NEWDESC")
            .word(self.relay)
            .end(self.keywords, self.more)
    }
}
