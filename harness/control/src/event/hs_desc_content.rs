//! The HS_DESC_CONTENT event.

use crate::data::Data;
use crate::event::head::Head;
use crate::event::hs_dir::HsDir;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;

/// HS_DESC_CONTENT: an onion service's descriptor has come, or has not
/// (section 4.1.26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HsDescContent<'a> {
    /// The service's address without `.onion`, or `UNKNOWN`.
    pub address: &'a str,
    /// The descriptor: for version 3 its blinded key.
    pub descriptor_id: &'a str,
    /// The directory.
    pub directory: HsDir<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first, with the block.
    pub more: MoreLines<'a>,
}

impl<'a> HsDescContent<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            address: head.word("address")?,
            descriptor_id: head.word("descriptor")?,
            directory: head.one_of("directory", HsDir::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The descriptor (rend-spec); `None` where it could not be had, which tor
    /// says with an empty block.
    #[must_use]
    pub fn descriptor(&self) -> Option<Data<'a>> {
        self.more
            .data()
            .filter(|data| data.lines().any(|line| !line.is_empty()))
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("HS_DESC_CONTENT")
            .word(self.address)
            .word(self.descriptor_id)
            .word(self.directory)
            .end(self.keywords, self.more)
    }
}
