//! A command that is answered otherwise.

use tor_harness_control::Decoder;

use super::command::CommandPattern;
use super::error::{ScriptError, error_at};
use super::place::Place;
use super::times::Times;

/// A command that is answered so, instead of as tor would.
///
/// Commands other than PROTOCOLINFO, AUTHENTICATE, AUTHCHALLENGE and QUIT are
/// answered only where tor would take them: after authentication. A good
/// answer to AUTHENTICATE lets the controller in.
#[derive(Clone, Debug)]
#[must_use = "a rule does nothing until it is in a script"]
pub struct On {
    pub(super) place: Place,
    pub(super) command: (Place, String),
    pub(super) reply: (Place, Vec<String>),
    pub(super) times: Times,
    pub(super) close: bool,
}

/// A rule that has been checked.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) place: Place,
    pub(super) pattern: CommandPattern,
    pub(super) reply: Vec<u8>,
    pub(super) is_positive: bool,
    pub(super) times: Times,
    pub(super) close: bool,
}

impl On {
    /// A rule for a command: its keyword in any case and exactly its
    /// arguments; a last `*` stands for any that follow, as in `GETINFO *`.
    #[track_caller]
    pub fn command(command: impl Into<String>) -> Self {
        let place = Place::here();
        Self {
            command: (place.clone(), command.into()),
            reply: (place.clone(), vec!["250 OK".into()]),
            place,
            times: Times::ANY,
            close: false,
        }
    }

    /// The lines to answer with, together one reply; `250 OK` unless told.
    pub fn reply<L: Into<String>>(mut self, lines: impl IntoIterator<Item = L>) -> Self {
        self.reply.1 = lines.into_iter().map(Into::into).collect();
        self
    }

    /// How often the command is expected. Beyond that the next rule that fits
    /// answers; where none is left, tor's ways do, and the expectation is not met.
    pub fn times(mut self, times: impl Into<Times>) -> Self {
        self.times = times.into();
        self
    }

    /// Closes the connection behind the answer.
    pub fn close(mut self) -> Self {
        self.close = true;
        self
    }

    pub(super) fn checked(self) -> Result<Rule, ScriptError> {
        let (place, command) = self.command;
        let pattern = CommandPattern::new(&command).map_err(error_at(place))?;
        let (place, lines) = self.reply;
        let reply: Vec<u8> = lines
            .iter()
            .flat_map(|line| [line.as_bytes(), b"\r\n"].concat())
            .collect();
        let is_positive = check_reply(&reply).map_err(error_at(place))?;
        self.times.check().map_err(error_at(self.place.clone()))?;
        Ok(Rule {
            place: self.place,
            pattern,
            reply,
            is_positive,
            times: self.times,
            close: self.close,
        })
    }
}

/// Whether these bytes are a good reply; the error is that they are not one.
fn check_reply(bytes: &[u8]) -> Result<bool, String> {
    let mut decoder = Decoder::new();
    decoder.push(bytes);
    let wrong =
        |what: String| format!("expected one reply (as [\"250-version=1\", \"250 OK\"]): {what}");
    match decoder.next() {
        Err(error) => Err(wrong(error.to_string())),
        Ok(None) => Err(wrong(
            "its last line is missing, which has a space behind its code".into(),
        )),
        Ok(Some(message)) if message.is_event() => Err(wrong("this is an event".into())),
        Ok(Some(message)) if message.as_bytes().len() < bytes.len() => {
            Err(wrong("more follows behind its last line".into()))
        }
        Ok(Some(message)) => Ok(message.last().status.is_positive()),
    }
}
