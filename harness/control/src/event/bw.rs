//! The BW event.

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;

/// BW: how much went through tor in the last second (section 4.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bw<'a> {
    /// Bytes read.
    pub read: u64,
    /// Bytes written.
    pub written: u64,
    /// What follows; the specification foresees numbers by kind of connection.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

impl<'a> Bw<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            read: head.tokens.number("bytes read")?,
            written: head.tokens.number("bytes written")?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("BW")
            .word(self.read)
            .word(self.written)
            .end(self.keywords, self.more)
    }
}
