//! The CONN_BW event.

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::words::words;

/// CONN_BW: how much a connection has carried since the last such event
/// (section 4.1.21); only with TestingTorNetwork.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnBw<'a> {
    /// The connection.
    pub id: &'a str,
    /// What it is for.
    pub kind: ConnKind<'a>,
    /// Bytes read.
    pub read: u64,
    /// Bytes written.
    pub written: u64,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// What a connection is for.
    ConnKind {
        /// To a relay.
        Or = "OR",
        /// To a directory.
        Dir = "DIR",
        /// To the world outside.
        Exit = "EXIT",
    }
}

impl<'a> ConnBw<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        let ([id, kind, read, written], keywords) =
            head.required(["ID", "TYPE", "READ", "WRITTEN"])?;
        Ok(Self {
            id,
            kind: ConnKind::new(kind),
            read: head.number(read, "READ")?,
            written: head.number(written, "WRITTEN")?,
            keywords,
            more: head.more,
        })
    }

    /// The event as tor sends it. The fields are left out where `keywords`
    /// has them all.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("CONN_BW")
            .keywords(
                &[
                    ("ID", &self.id),
                    ("TYPE", &self.kind),
                    ("READ", &self.read),
                    ("WRITTEN", &self.written),
                ],
                self.keywords,
            )
            .end(self.keywords, self.more)
    }
}
