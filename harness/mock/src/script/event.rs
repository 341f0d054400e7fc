//! Events as a script writes them.

use std::fmt;

use tor_harness_control::{Reply, StatusCode};

use super::advice::advice;
use crate::world::events::{EventKind, Events};

/// An event as it is sent, and its kind.
#[derive(Clone, Debug)]
pub(super) struct ScriptedEvent {
    pub(super) kind: EventKind,
    pub(super) bytes: Vec<u8>,
}

impl ScriptedEvent {
    /// Makes an event of lines without their `650-` and `650 `; a data block
    /// stands behind the last of them, and `650 OK` behind that.
    pub(super) fn new<'l>(
        lines: impl IntoIterator<Item = &'l str>,
        data: Option<&str>,
    ) -> Result<Self, EventError> {
        let lines: Vec<_> = lines.into_iter().collect();
        let wrong = || EventError(lines.join("\n"));
        if lines.iter().any(|line| line.contains(['\r', '\n'])) {
            return Err(wrong());
        }
        let name = lines.first().and_then(|line| line.split(' ').next());
        let kind = name.and_then(|name| EventKind::find(name.as_bytes()));
        let wire = lines.iter().map(|line| (StatusCode::EVENT, (*line).into()));
        let (Some(kind), Some(mut event)) = (kind, Reply::from_lines(wire)) else {
            return Err(wrong());
        };
        if let Some(data) = data {
            let last = std::mem::replace(&mut event.text, b"OK".into());
            event = event.before_data(StatusCode::EVENT, last, data);
        }
        Ok(Self {
            kind,
            bytes: event.encode(),
        })
    }
}

/// Emits an event that a program wrote.
pub(crate) fn emit_written(event: &str, events: &mut Events) -> Result<(), EventError> {
    let event = ScriptedEvent::new(event.split('\n'), None)?;
    events.emit(event.kind, event.bytes);
    Ok(())
}

/// The name of an event that tor has; the error suggests one.
pub(super) fn known_event(name: &str) -> Result<String, String> {
    match EventKind::find(name.as_bytes()) {
        Some(_) => Ok(name.to_owned()),
        None => Err(format!(
            "expected an event that tor has (as \"BW\"), got {name:?}{}",
            advice(name, EventKind::names())
        )),
    }
}

/// A text that is no event of the tor that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventError(String);

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected an event that tor has (as \"BW 1 2\", without 650), got {:?}{}",
            self.0,
            advice(
                self.0.split([' ', '\n']).next().unwrap_or_default(),
                EventKind::names()
            )
        )
    }
}

impl std::error::Error for EventError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes() {
        for (lines, data, wire) in [
            (&["BW 1 2"][..], None, Some("650 BW 1 2\r\n")),
            (
                &["CONF_CHANGED", "Nickname=a", "OK"],
                None,
                Some("650-CONF_CHANGED\r\n650-Nickname=a\r\n650 OK\r\n"),
            ),
            (
                &["NS"],
                Some("r a\n.b"),
                Some("650+NS\r\nr a\r\n..b\r\n.\r\n650 OK\r\n"),
            ),
            (
                &["CONF_CHANGED", "a"],
                Some(""),
                Some("650-CONF_CHANGED\r\n650+a\r\n.\r\n650 OK\r\n"),
            ),
            (&[], None, None),
            (&[], Some("r a\n"), None),
            (&[""], None, None),
            (&["NONSENSE 1"], None, None),
            (&["650 BW 1 2"], None, None),
            (&["BW 1 2\r\n250 OK"], None, None),
            (&["NS\nx"], Some("r a\n"), None),
        ] {
            let event = ScriptedEvent::new(lines.iter().copied(), data).ok();
            let bytes = event.map(|event| String::from_utf8(event.bytes).unwrap());
            assert_eq!(bytes.as_deref(), wire, "{lines:?} {data:?}");
        }
    }
}
