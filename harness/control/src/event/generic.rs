//! An event of any kind, not looked into.

use crate::event::EventCode;
use crate::event::more::MoreLines;
use crate::message::{Line, Message};
use crate::problem::{ParseError, Problem};
use crate::reply::Reply;

/// An event of any kind: its name, and everything that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GenericEvent<'a> {
    /// The event's name.
    pub code: EventCode<'a>,
    message: Message<'a>,
}

impl<'a> GenericEvent<'a> {
    /// Takes an event of any kind.
    ///
    /// # Errors
    /// If the message is a reply, or its first word is not UTF-8.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        if !message.is_event() {
            let start = 0..message.as_bytes().len().min(3);
            return Err(Problem::Expected("an event, with a status code of 6yz").at(start));
        }
        let text = message.first().text;
        let end = text.iter().position(|b| *b == b' ').unwrap_or(text.len());
        let word = &text[..end];
        let code = core::str::from_utf8(word)
            .map_err(|_| Problem::NotUtf8("event").of(word, message.as_bytes()))?;
        Ok(Self {
            code: EventCode::new(code),
            message: *message,
        })
    }

    /// What follows the name in the first line.
    #[must_use]
    pub fn arguments(&self) -> &'a [u8] {
        let text = self.message.first().text;
        text.get(self.code.as_str().len() + 1..).unwrap_or_default()
    }

    /// The lines behind the first, without the `OK` that may end them.
    pub fn more_lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        MoreLines::behind_first(&self.message).1.lines()
    }

    /// The whole message.
    #[must_use]
    pub fn message(&self) -> Message<'a> {
        self.message
    }

    /// The event as it came.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        Reply::from(self.message)
    }
}
