//! Log messages as events.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::event::EventCode;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::reply::Reply;

/// DEBUG, INFO, NOTICE, WARN or ERR: a log message (section 4.1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Log<'a> {
    /// The severity, which is the event's name.
    pub severity: EventCode<'a>,
    /// What follows the name in the first line, as bytes: it may quote
    /// anything. Empty where the message is a block.
    pub line: &'a [u8],
    /// The lines behind the first, with the block of a message of several
    /// lines.
    pub more: MoreLines<'a>,
}

impl<'a> Log<'a> {
    #[inline]
    pub(crate) fn parse(head: Head<'a>) -> Self {
        Self {
            severity: head.code,
            line: head.tokens.rest(),
            more: head.more,
        }
    }

    /// Whether it came as a data block, as a message of several lines does.
    #[must_use]
    pub const fn is_block(&self) -> bool {
        self.more.data().is_some()
    }

    /// The message; lines that each end in LF where it is a block.
    #[must_use]
    pub fn text(&self) -> Cow<'a, [u8]> {
        match self.more.data() {
            Some(data) => data.text(),
            None => Cow::Borrowed(self.line),
        }
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let mut line = Vec::from(self.severity.as_str());
        if !self.line.is_empty() || !self.is_block() {
            line.push(b' ');
            line.extend_from_slice(self.line);
        }
        self.more.to_reply(Reply::event(line))
    }
}
