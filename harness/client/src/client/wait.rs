//! What a controller's waits have in common: deadlines, errors that show the transcript.

use std::io;
use std::time::{Duration, Instant};

use tor_harness_control::{Message, OwnedMessage, ParseError};

use super::Client;
use crate::error::Error;
use crate::transcript::{Direction, Transcript};

/// How many lines of the transcript an error shows.
const TAIL: usize = 30;
/// How much of an unfinished message an error shows, in bytes.
const SHOWN: usize = 200;

impl Client {
    /// Waits for the next message of any kind.
    pub(super) fn receive(&mut self, expected: &str, end: Instant) -> Result<OwnedMessage, Error> {
        loop {
            match self.decoder.next() {
                Ok(Some(message)) => {
                    let now = self.connected.elapsed();
                    self.transcript
                        .record(now, Direction::Received, message.as_bytes());
                    return Ok(message.into_owned());
                }
                Ok(None) => {}
                Err(error) => {
                    let problem = error.render(self.decoder.unread());
                    return Err(self.unreadable(expected, problem));
                }
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(self.late(expected));
            }
            let mut buffer = [0; 16 * 1024];
            let read = self
                .transport
                .set_timeout(left)
                .and_then(|()| self.transport.read(&mut buffer));
            match read {
                Ok(0) => {
                    let now = self.connected.elapsed();
                    self.transcript
                        .record(now, Direction::Received, self.decoder.unread());
                    return Err(Error::Closed {
                        expected: expected.into(),
                        transcript: self.tail(),
                    });
                }
                Ok(length) => self.decoder.push(&buffer[..length]),
                Err(error) => self.interrupted(expected, error)?,
            }
        }
    }

    /// When a wait that begins now has to end.
    pub(super) fn end(&self) -> Instant {
        let now = Instant::now();
        // A deadline beyond what the clock can say is none: a year will do.
        now.checked_add(self.deadline)
            .unwrap_or(now + Duration::from_secs(365 * 86_400))
    }

    /// What a failed read or write means; nothing where it has to be repeated.
    pub(super) fn interrupted(&self, expected: &str, error: io::Error) -> Result<(), Error> {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Err(self.late(expected)),
            io::ErrorKind::Interrupted => Ok(()),
            _ => Err(self.broken(expected, error)),
        }
    }

    fn late(&self, expected: &str) -> Error {
        let unread = self.decoder.unread();
        let shown = &unread[unread.len().saturating_sub(SHOWN)..];
        let got = match (unread.len(), self.events.len()) {
            (0, 0) => "nothing".into(),
            (0, events) => format!("{events} other events"),
            (bytes, _) => format!(
                "{bytes} bytes that are no whole message, at last {:?}",
                shown.escape_ascii().to_string()
            ),
        };
        Error::Deadline {
            expected: expected.into(),
            got,
            waited: self.deadline,
            transcript: self.tail(),
        }
    }

    pub(super) fn broken(&self, expected: &str, source: io::Error) -> Error {
        Error::Io {
            expected: expected.into(),
            source,
            transcript: self.tail(),
        }
    }

    /// Reads a reply, with the place of what is wrong drawn.
    pub(super) fn read<'m, T>(
        &self,
        expected: &str,
        reply: &'m OwnedMessage,
        parse: impl FnOnce(&Message<'m>) -> Result<T, ParseError>,
    ) -> Result<T, Error> {
        let message = reply.as_message();
        parse(&message).map_err(|error| self.unreadable(expected, error.render(message.as_bytes())))
    }

    /// What came is not what was expected.
    pub(super) fn unreadable(&self, expected: &str, problem: String) -> Error {
        Error::Protocol {
            expected: expected.into(),
            problem,
            transcript: self.tail(),
        }
    }

    /// The end of the transcript, for an error.
    pub(super) fn tail(&self) -> Box<Transcript> {
        Box::new(self.transcript.tail(TAIL))
    }
}
