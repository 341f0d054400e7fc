//! Events as a script writes them.

use std::fmt;

use tor_harness_control::Decoder;
use tor_harness_control::event::GenericEvent;

use crate::world::events::EventKind;

/// An event as it is sent, and its kind.
#[derive(Clone, Debug)]
pub(super) struct ScriptedEvent {
    pub(super) kind: EventKind,
    pub(super) bytes: Vec<u8>,
}

impl ScriptedEvent {
    /// Makes an event of lines without their `650-` and `650 `.
    pub(super) fn new<'l>(lines: impl IntoIterator<Item = &'l str>) -> Result<Self, EventError> {
        let lines: Vec<_> = lines.into_iter().collect();
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            let separator = if at + 1 == lines.len() { ' ' } else { '-' };
            text.push_str(&format!("650{separator}{line}\r\n"));
        }
        let wrong = || EventError(lines.join("\n"));
        let mut decoder = Decoder::new();
        decoder.push(text.as_bytes());
        let Ok(Some(message)) = decoder.next() else {
            return Err(wrong());
        };
        let whole = message.as_bytes().len() == text.len();
        let event = GenericEvent::parse(&message).ok().filter(|_| whole);
        let kind = event.and_then(|event| EventKind::find(event.code.as_str().as_bytes()));
        Ok(Self {
            kind: kind.ok_or_else(wrong)?,
            bytes: text.into_bytes(),
        })
    }
}

/// A text that is no event of the tor that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventError(String);

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected an event that tor has (as \"BW 1 2\", without 650), got {:?}",
            self.0
        )
    }
}

impl std::error::Error for EventError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes() {
        for (lines, wire) in [
            (&["BW 1 2"][..], Some("650 BW 1 2\r\n")),
            (
                &["CONF_CHANGED", "Nickname=a", "OK"],
                Some("650-CONF_CHANGED\r\n650-Nickname=a\r\n650 OK\r\n"),
            ),
            (&[], None),
            (&[""], None),
            (&["NONSENSE 1"], None),
            (&["650 BW 1 2"], None),
            (&["BW 1 2\r\n250 OK"], None),
        ] {
            let event = ScriptedEvent::new(lines.iter().copied()).ok();
            let bytes = event.map(|event| String::from_utf8(event.bytes).unwrap());
            assert_eq!(bytes.as_deref(), wire, "{lines:?}");
        }
    }
}
