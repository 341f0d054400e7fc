//! The CIRC_BW event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;

/// CIRC_BW: how much a circuit has carried since the last such event
/// (section 4.1.22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CircBw<'a> {
    /// The circuit.
    pub id: &'a str,
    /// Bytes read.
    pub read: u64,
    /// Bytes written.
    pub written: u64,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

impl<'a> CircBw<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        let ([id, read, written], keywords) = head.required(["ID", "READ", "WRITTEN"])?;
        Ok(Self {
            id,
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
        LineWriter::new("CIRC_BW")
            .keywords(
                &[
                    ("ID", &self.id),
                    ("READ", &self.read),
                    ("WRITTEN", &self.written),
                ],
                self.keywords,
            )
            .end(self.keywords, self.more)
    }
}

accessors! { impl CircBw {
    /// When tor counted.
    time time = "TIME";
    /// Bytes that were read for streams.
    number delivered_read: u64 = "DELIVERED_READ";
    /// Bytes that filled up the cells that were read.
    number overhead_read: u64 = "OVERHEAD_READ";
    /// Bytes that were written for streams.
    number delivered_written: u64 = "DELIVERED_WRITTEN";
    /// Bytes that filled up the cells that were written.
    number overhead_written: u64 = "OVERHEAD_WRITTEN";
    /// Whether congestion control is in slow start.
    flag slow_start = "SS";
    /// The congestion window, in cells.
    number congestion_window: u64 = "CWND";
    /// The time to the other end, in milliseconds, smoothed.
    number rtt: u64 = "RTT";
    /// The shortest such time.
    number min_rtt: u64 = "MIN_RTT";
}}
