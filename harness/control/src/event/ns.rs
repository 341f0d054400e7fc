//! The NS event.

use crate::data::Data;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;

/// NS: the status of relays has changed (section 4.1.12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ns<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first, with the block.
    pub more: MoreLines<'a>,
}

impl<'a> Ns<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The relays' entries, as a consensus has them (dir-spec section 3.4.1).
    #[must_use]
    pub const fn entries(&self) -> Option<Data<'a>> {
        self.more.data()
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("NS").end(self.keywords, self.more)
    }
}
