//! The PT_STATUS event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;

/// PT_STATUS: a pluggable transport has told something about itself
/// (section 4.1.29).
///
/// tor writes it and lets nobody subscribe to it. What it tells is up to the
/// transport: see `keywords`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PtStatus<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

impl<'a> PtStatus<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The transport's program; a path with spaces is not quoted.
    #[must_use]
    pub fn program(&self) -> Option<&'a str> {
        self.keywords.phrase("PT")
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("PT_STATUS").end(self.keywords, self.more)
    }
}

accessors! { impl PtStatus {
    /// The transport.
    text transport = "TRANSPORT";
}}
