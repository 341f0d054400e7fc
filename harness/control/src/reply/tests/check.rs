//! The way a test has a reply read.

use crate::reply::{Reply, TypedReply};
use crate::{Message, OwnedMessage, ParseError};

/// Calls `check` with the reply that a text is.
pub(super) fn with(text: &str, check: impl FnOnce(&Message<'_>)) {
    check(&OwnedMessage::of(text.as_bytes()).as_message());
}

/// What a typed reply becomes when it is written again.
pub(super) fn rewrite(command: &str, message: &Message<'_>) -> Result<Reply, ParseError> {
    assert!(TypedReply::KEYWORDS.contains(&command), "{command}");
    Ok(TypedReply::parse_good(command, message)?.to_reply())
}
