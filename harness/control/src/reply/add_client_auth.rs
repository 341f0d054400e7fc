//! What ONION_CLIENT_AUTH_ADD has changed.

use crate::message::{Line, Message};
use crate::problem::{ParseError, Problem};
use crate::reply::lines::without_block;
use crate::reply::{Reply, StatusCode};

/// The reply to ONION_CLIENT_AUTH_ADD (section 3.30).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddClientAuthReply<'a> {
    /// What was changed.
    pub change: ClientAuthChange,
    /// The same, for people.
    pub text: &'a [u8],
}

/// What ONION_CLIENT_AUTH_ADD has changed: its status code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClientAuthChange {
    /// 250: the key is new.
    Added,
    /// 251: there was one for that service, and this one has replaced it.
    Replaced,
    /// 252: the key is new, and a descriptor that was there could be decrypted with it.
    Decrypted,
}

impl ClientAuthChange {
    /// The status code that says so.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::Added => StatusCode::OK,
            Self::Replaced => StatusCode::UNNECESSARY,
            Self::Decrypted => StatusCode::DECRYPTED,
        }
    }
}

impl<'a> AddClientAuthReply<'a> {
    /// The reply in tor's words.
    #[must_use]
    pub fn new(change: ClientAuthChange) -> Self {
        let text = match change {
            ClientAuthChange::Added => "OK",
            ClientAuthChange::Replaced => "Client for onion existed and replaced",
            ClientAuthChange::Decrypted => "Registered client and decrypted desc",
        };
        Self {
            change,
            text: text.as_bytes(),
        }
    }

    /// Reads the reply.
    ///
    /// # Errors
    /// If it is not a good one to ONION_CLIENT_AUTH_ADD.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let whole = message.as_bytes();
        let read = |line: Line<'a>| {
            let text = without_block(&line, whole)?;
            let change = match line.status {
                StatusCode::OK => ClientAuthChange::Added,
                StatusCode::UNNECESSARY => ClientAuthChange::Replaced,
                StatusCode::DECRYPTED => ClientAuthChange::Decrypted,
                _ => return Err(Problem::Expected("250, 251 or 252").of(text, whole)),
            };
            Ok(Self { change, text })
        };
        // The last line counts.
        let mut lines = message.lines();
        let first = read(message.first())?;
        lines.try_fold(first, |_, line| read(line))
    }

    /// The reply as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        Reply::new(self.change.status(), self.text)
    }
}
