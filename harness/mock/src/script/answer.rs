//! What a command is answered.

use std::time::Duration;

use tor_harness_control::Decoder;

use super::command::CommandPattern;
use super::error::{ScriptError, error_at};
use super::fault::Fault;
use super::place::Place;

/// An answer: what tor would say unless told, at once unless told.
///
/// ```
/// use std::time::Duration;
/// use tor_harness_mock::{Answer, On};
///
/// // First a wrong version, a second late; then none; from then on the right one.
/// let rule = On::command("GETINFO version")
///     .reply(["250-version=9.9.9", "250 OK"])
///     .delay(Duration::from_secs(1))
///     .then(Answer::nothing())
///     .then(Answer::as_tor());
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "an answer is not given until it is in a rule"]
pub struct Answer {
    pub(crate) says: Says,
    pub(crate) delay: Duration,
    /// What it waits for: a name that is released.
    pub(super) hold: Option<String>,
    /// What it waits for: a command.
    pub(super) release_after: Option<CommandPattern>,
    pub(crate) close: bool,
    pub(crate) faults: Vec<Fault>,
    pub(super) error: Option<ScriptError>,
}

/// The words of an answer.
#[derive(Clone, Debug, Default)]
pub(crate) enum Says {
    /// What tor says, which is done as well.
    #[default]
    AsTor,
    /// This, and nothing is done.
    Reply {
        bytes: Vec<u8>,
        /// Whether it says that the command was done.
        is_positive: bool,
    },
    /// Nothing at all, and nothing is done.
    Nothing,
}

impl Answer {
    /// What tor says: the command is done as well.
    pub fn as_tor() -> Self {
        Self::default()
    }

    /// These lines, together one reply. The command is not done.
    #[track_caller]
    pub fn reply<L: Into<String>>(lines: impl IntoIterator<Item = L>) -> Self {
        let mut answer = Self::as_tor();
        let lines: Vec<_> = lines.into_iter().map(Into::into).collect();
        answer.set_reply(Place::here(), &lines);
        answer
    }

    /// No answer at all. The command is not done.
    pub fn nothing() -> Self {
        Self {
            says: Says::Nothing,
            ..Self::as_tor()
        }
    }

    /// It comes so long after the command; those to later commands wait
    /// behind it, events do not.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// It waits until its name is [released](crate::ControlPort::release); answers to
    /// later commands of the connection wait behind it, events do not.
    pub fn hold(mut self, name: impl Into<String>) -> Self {
        self.hold = Some(name.into());
        self
    }

    /// It waits until such a command comes, on any connection.
    #[track_caller]
    pub fn release_after(mut self, command: &str) -> Self {
        self.set_release_after(Place::here(), command);
        self
    }

    /// The connection is closed behind it.
    pub fn close(mut self) -> Self {
        self.close = true;
        self
    }

    /// Something goes wrong with it on the way.
    #[track_caller]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.add_fault(Place::here(), fault);
        self
    }

    pub(super) fn set_reply(&mut self, place: Place, lines: &[String]) {
        let bytes: Vec<u8> = lines
            .iter()
            .flat_map(|line| [line.as_bytes(), b"\r\n"].concat())
            .collect();
        match check_reply(&bytes) {
            Ok(is_positive) => self.says = Says::Reply { bytes, is_positive },
            Err(problem) => self.fail(place, problem),
        }
    }

    pub(super) fn set_release_after(&mut self, place: Place, command: &str) {
        match CommandPattern::new(command) {
            Ok(pattern) => self.release_after = Some(pattern),
            Err(problem) => self.fail(place, problem),
        }
    }

    pub(super) fn add_fault(&mut self, place: Place, fault: Fault) {
        match fault.check() {
            Ok(()) => self.faults.push(fault),
            Err(problem) => self.fail(place, problem),
        }
    }

    fn fail(&mut self, place: Place, problem: String) {
        if self.error.is_none() {
            self.error = Some(error_at(place)(problem));
        }
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
