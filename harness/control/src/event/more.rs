//! The lines of an event behind its first.

use crate::data::Data;
use crate::message::{Line, Message};
use crate::reply::{Reply, ReplyLine};

/// What comes behind an event's first line: the data block of that line, and
/// more lines. Most events have neither (section 4.1: a controller has to
/// tolerate both).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MoreLines<'a> {
    data: Option<Data<'a>>,
    rest: &'a [u8],
}

impl<'a> MoreLines<'a> {
    /// Nothing: the event has one line.
    pub const NONE: Self = Self {
        data: None,
        rest: b"",
    };

    /// A data block for the first line, and the `650 OK` that ends the event.
    #[must_use]
    pub const fn block(data: Data<'a>) -> Self {
        Self {
            data: Some(data),
            rest: b"650 OK\r\n",
        }
    }

    /// What comes behind the first line of a message, and that line.
    pub(crate) fn behind_first(message: &Message<'a>) -> (Line<'a>, Self) {
        let mut lines = message.lines();
        // A message has at least one line.
        let line = lines.next().unwrap_or_else(|| message.first());
        let more = Self {
            data: line.data,
            rest: lines.rest(),
        };
        (line, more)
    }

    /// The data block of the first line.
    #[must_use]
    pub const fn data(&self) -> Option<Data<'a>> {
        self.data
    }

    /// The lines behind the first, without the `OK` that may end them.
    pub fn lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let mut lines = Message::framed(self.rest).lines().peekable();
        core::iter::from_fn(move || {
            let line = lines.next()?;
            let is_end = line.text == b"OK" && line.data.is_none() && lines.peek().is_none();
            (!is_end).then_some(line)
        })
    }

    /// The event whose first line is `first`.
    pub(crate) fn to_reply(self, first: Reply) -> Reply {
        if self == Self::NONE {
            return first;
        }
        let mut reply = Reply::from(Message::framed(self.rest));
        let line = ReplyLine {
            status: first.status,
            text: first.text,
            data: self.data.map(|data| data.text().into_owned()),
        };
        reply.lines.insert(0, line);
        reply
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn cuts() {
        for (bytes, data, lines) in [
            ("650 A\r\n", None, &[][..]),
            ("650-A\r\n650 OK\r\n", None, &[]),
            ("650-A\r\n650 B=1\r\n", None, &["B=1"]),
            ("650-A\r\n650-OK\r\n650 OK\r\n", None, &["OK"]),
            ("650+A\r\n.\r\n650 OK\r\n", Some(""), &[]),
            (
                "650+A\r\nx\r\n..\r\n.\r\n650-B\r\n650 OK\r\n",
                Some("x\n.\n"),
                &["B"],
            ),
        ] {
            let message = Message::framed(bytes.as_bytes());
            let (line, more) = MoreLines::behind_first(&message);
            let read: Vec<_> = more.lines().map(|line| line.text).collect();
            let lines: Vec<_> = lines.iter().map(|line| line.as_bytes()).collect();
            assert_eq!(read, lines, "{bytes:?}");
            let text = more.data().map(|data| data.text().into_owned());
            assert_eq!(text.as_deref(), data.map(str::as_bytes), "{bytes:?}");
            let again = more.to_reply(Reply::event(line.text));
            assert_eq!(again.encode(), bytes.as_bytes(), "{bytes:?}");
        }
    }
}
