//! One message from tor, cut into lines.

use alloc::vec::Vec;
use core::fmt;

use memchr::memchr;

use crate::data::{self, Data};
use crate::problem::{ParseError, Problem};
use crate::reply::StatusCode;

/// One whole message from tor: a reply or an event (section 2.3).
///
/// It borrows the bytes as they came; its lines are cut when asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Message<'b> {
    bytes: &'b [u8],
}

impl<'b> Message<'b> {
    /// Bytes that a decoder has found to be one message.
    pub(crate) fn framed(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// The bytes as they came, the last CRLF included.
    #[must_use]
    pub fn as_bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// The lines, in order; there is at least one.
    #[must_use]
    pub fn lines(&self) -> Lines<'b> {
        Lines { rest: self.bytes }
    }

    /// The first line.
    #[must_use]
    pub fn first(&self) -> Line<'b> {
        Line::cut(self.bytes).0
    }

    /// The last line, which alone says whether a reply is a good one.
    #[must_use]
    pub fn last(&self) -> Line<'b> {
        let first = self.first();
        self.lines().last().unwrap_or(first)
    }

    /// Whether tor sent this unasked: its status is 650 or another of `6yz`.
    #[must_use]
    pub fn is_event(&self) -> bool {
        self.bytes.first() == Some(&b'6')
    }

    /// A copy that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> OwnedMessage {
        OwnedMessage {
            bytes: self.bytes.to_vec(),
        }
    }
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Message({:?})",
            alloc::string::String::from_utf8_lossy(self.bytes)
        )
    }
}

/// A [`Message`] that owns its bytes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OwnedMessage {
    bytes: Vec<u8>,
}

impl OwnedMessage {
    /// The message.
    #[must_use]
    pub fn as_message(&self) -> Message<'_> {
        Message { bytes: &self.bytes }
    }
}

#[cfg(test)]
impl OwnedMessage {
    /// The message that these bytes are.
    pub(crate) fn of(wire: &[u8]) -> Self {
        let mut decoder = crate::Decoder::new();
        decoder.push(wire);
        let message = decoder.next().unwrap().expect("a whole message");
        assert_eq!(message.as_bytes(), wire, "one message");
        message.into_owned()
    }
}

impl fmt::Debug for OwnedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_message().fmt(f)
    }
}

/// What stands between a status code and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Separator {
    /// `-`: more lines follow.
    Mid,
    /// `+`: a data block follows, and more lines after it.
    Data,
    /// A space: the last line.
    End,
}

/// One line of a message, with the data block that may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Line<'b> {
    /// The status code.
    pub status: StatusCode,
    /// What follows the separator, without the line end.
    pub text: &'b [u8],
    /// The data block, after a `+`.
    pub data: Option<Data<'b>>,
}

impl<'b> Line<'b> {
    /// The first line of framed bytes, and what follows it.
    fn cut(bytes: &'b [u8]) -> (Self, &'b [u8]) {
        let (line, mut rest) = cut_line(bytes);
        let text = line.get(4..).unwrap_or_default();
        let status = StatusCode::from_digits(line).unwrap_or_default();
        let mut data = None;
        if line.get(3) == Some(&b'+') {
            let with_the_byte_before = bytes.get(bytes.len() - rest.len() - 1..);
            let (block, after) = data::cut(with_the_byte_before.unwrap_or_default());
            data = Some(block);
            rest = after;
        }
        (Self { status, text, data }, rest)
    }
}

/// The lines of a [`Message`].
#[derive(Clone, Debug)]
pub struct Lines<'b> {
    rest: &'b [u8],
}

impl<'b> Lines<'b> {
    /// The lines that have not been cut yet.
    pub(crate) fn rest(&self) -> &'b [u8] {
        self.rest
    }
}

impl<'b> Iterator for Lines<'b> {
    type Item = Line<'b>;

    fn next(&mut self) -> Option<Line<'b>> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = Line::cut(self.rest);
        self.rest = rest;
        Some(line)
    }
}

/// The grammar of a line's first four bytes.
pub(crate) struct StatusLine;

impl StatusLine {
    /// The separator of a line that starts well; the place is in the line.
    pub(crate) fn check(line: &[u8]) -> Result<Separator, ParseError> {
        let line = line_end(line);
        if StatusCode::from_digits(line).is_none() {
            return Err(Problem::StatusCode.at(0..line.len().min(3)));
        }
        match line.get(3) {
            Some(b'-') => Ok(Separator::Mid),
            Some(b'+') => Ok(Separator::Data),
            Some(b' ') => Ok(Separator::End),
            _ => Err(Problem::Separator.at(3..line.len().min(4))),
        }
    }
}

/// A line without its LF or CRLF.
pub(crate) fn line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The first line without its end, and what follows.
pub(crate) fn cut_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
    let (line, rest) = bytes.split_at(end);
    (line_end(line), rest)
}
