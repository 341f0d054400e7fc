//! The answer of a control port's side of authentication.

use alloc::string::String;

use crate::command::RawCommand;
use crate::reply::{Reply, StatusCode};

/// An answer, and what becomes of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What to send.
    pub reply: Reply,
    /// What then.
    pub next: Next,
}

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It stays open.
    Stay,
    /// It is closed once the answer is sent.
    Close,
}

impl Verdict {
    pub(super) fn stay(reply: Reply) -> Self {
        Self {
            reply,
            next: Next::Stay,
        }
    }

    pub(super) fn close(status: StatusCode, text: &str) -> Self {
        Self {
            reply: Reply::new(status, text),
            next: Next::Close,
        }
    }

    pub(super) fn wrong(text: &str) -> Self {
        Self::close(
            StatusCode::BAD_AUTHENTICATION,
            &alloc::format!("Authentication failed: {text}"),
        )
    }

    /// tor names the command as the controller wrote it.
    pub(super) fn bad_arguments(command: &RawCommand<'_>, what: &str) -> Self {
        let keyword = String::from_utf8_lossy(command.keyword);
        let text = alloc::format!("Bad arguments to {keyword}: {what}");
        Self::stay(Reply::new(StatusCode::BAD_ARGUMENT, text))
    }

    pub(super) fn unreadable(command: &RawCommand<'_>) -> Self {
        Self::bad_arguments(command, "Cannot parse keyword argument(s)")
    }
}
