//! The TB_EMPTY event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::words::words;

/// TB_EMPTY: a token bucket was empty (section 4.1.24); tor had it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TbEmpty<'a> {
    /// The bucket.
    pub bucket: Bucket<'a>,
    /// How long reading had to wait, in milliseconds.
    pub read: u64,
    /// How long writing had to wait, in milliseconds.
    pub written: u64,
    /// The milliseconds since the bucket was filled.
    pub last: u64,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// A token bucket.
    Bucket {
        /// Of all that goes through tor.
        Global = "GLOBAL",
        /// Of all that is relayed.
        Relay = "RELAY",
        /// Of one connection.
        OrConn = "ORCONN",
    }
}

impl<'a> TbEmpty<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        let bucket = head.one_of("bucket", Bucket::new)?;
        let ([read, written, last], keywords) = head.required(["READ", "WRITTEN", "LAST"])?;
        Ok(Self {
            bucket,
            read: head.number(read, "READ")?,
            written: head.number(written, "WRITTEN")?,
            last: head.number(last, "LAST")?,
            keywords,
            more: head.more,
        })
    }

    /// The event as tor sent it. The fields are left out where `keywords`
    /// has them all.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("TB_EMPTY")
            .word(self.bucket)
            .keywords(
                &[
                    ("READ", &self.read),
                    ("WRITTEN", &self.written),
                    ("LAST", &self.last),
                ],
                self.keywords,
            )
            .end(self.keywords, self.more)
    }
}

accessors! { impl TbEmpty {
    /// The connection, for the bucket of one.
    text id = "ID";
}}
