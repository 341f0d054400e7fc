//! Log messages as events.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::event::EventCode;
use crate::message::Message;
use crate::reply::{Reply, StatusCode};
use crate::tokens::Tokens;

/// DEBUG, INFO, NOTICE, WARN or ERR: a log message (section 4.1.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Log<'a> {
    /// The severity, which is the event's name.
    pub severity: EventCode<'a>,
    /// The message, as bytes: it may quote anything. Lines that each end in
    /// LF where there are several.
    pub text: Cow<'a, [u8]>,
    /// Whether it came as a data block, as a message of several lines does.
    pub is_block: bool,
}

impl<'a> Log<'a> {
    /// Reads what follows the event's name.
    pub(crate) fn parse(
        severity: EventCode<'a>,
        message: &Message<'a>,
        tokens: &Tokens<'a>,
    ) -> Self {
        match message.first().data {
            Some(data) => Self {
                severity,
                text: data.text(),
                is_block: true,
            },
            None => Self {
                severity,
                text: Cow::Borrowed(tokens.rest()),
                is_block: false,
            },
        }
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let name = self.severity.as_str();
        if self.is_block {
            return Reply::event("OK").before_data(StatusCode::EVENT, name, self.text.as_ref());
        }
        let mut line = Vec::from(name);
        line.push(b' ');
        line.extend_from_slice(&self.text);
        Reply::event(line)
    }
}
