//! The STREAM_BW event.

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::IsoTime;

/// STREAM_BW: how much a stream has carried since the last such event
/// (section 4.1.13).
///
/// Written and read are the application's: the other way round than in BW.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StreamBw<'a> {
    /// The stream.
    pub id: &'a str,
    /// Bytes that the application wrote.
    pub written: u64,
    /// Bytes that the application read.
    pub read: u64,
    /// When tor counted; tors before 0.3.2 do not say.
    pub time: Option<IsoTime<'a>>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

impl<'a> StreamBw<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            id: head.word("stream")?,
            written: head.tokens.number("bytes written")?,
            read: head.tokens.number("bytes read")?,
            time: head.next_if(|word| IsoTime::parse(word).ok()),
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("STREAM_BW")
            .word(self.id)
            .word(self.written)
            .word(self.read)
            .optional(self.time)
            .end(self.keywords, self.more)
    }
}
