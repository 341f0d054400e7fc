//! The SIGNAL event.

use crate::command::Signal;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;

/// SIGNAL: a signal was taken and acted upon (section 4.1.17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SignalEvent<'a> {
    /// The signal, by its canonical name.
    pub signal: Signal<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

impl<'a> SignalEvent<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            signal: head.one_of("signal", Signal::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("SIGNAL")
            .word(self.signal)
            .end(self.keywords, self.more)
    }
}
