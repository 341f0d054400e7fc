//! The DESCCHANGED event.

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;

/// DESCCHANGED: this relay's own descriptor has changed (section 4.1.9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DescChanged<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

impl<'a> DescChanged<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("DESCCHANGED").end(self.keywords, self.more)
    }
}
