//! Which commands a rule is about, in full.

use std::fmt;
use std::sync::Arc;

use regex::bytes::Regex;
use tor_harness_control::Command;
use tor_harness_control::command::RawCommand;

use super::command::{CommandPattern, Misfit};
use crate::connection::ConnectionId;
use crate::session::words;

/// A command as it came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Came<'c> {
    pub(crate) command: RawCommand<'c>,
    /// Its first line, without the line end.
    pub(crate) line: &'c [u8],
    pub(crate) connection: ConnectionId,
}

impl Came<'_> {
    /// All of it, its data block included.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let block = self
            .command
            .body
            .map(|body| [body.raw(), b".\r\n"].concat());
        [self.line, b"\r\n", &block.unwrap_or_default()].concat()
    }
}

/// All of the conditions that a command has to meet.
#[derive(Clone, Debug, Default)]
pub(super) struct Matcher {
    pub(super) conditions: Vec<Condition>,
}

/// Something that is true of a command or not.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Command(CommandPattern),
    /// GETINFO or GETCONF asks for this key, among others or not.
    Asks(String),
    /// SETEVENTS has this event, among others or not.
    Subscribes(String),
    /// SETCONF or RESETCONF has this option, with this value if there is one.
    Sets(String, Option<String>),
    /// There is such an argument.
    Has(String),
    /// The line looks like this.
    Line(Regex),
    /// The data block looks like this.
    Data(Regex),
    Connection(u64),
    State(String),
    Closure(Closure),
}

/// A condition that a program wrote.
#[derive(Clone)]
pub(super) struct Closure(pub(super) Arc<dyn Fn(&RawCommand<'_>) -> bool + Send + Sync>);

/// How far a command fits.
pub(super) struct Mismatch<'m> {
    /// More is nearer; 0 is another command altogether.
    pub(super) nearness: usize,
    condition: &'m Condition,
}

impl Matcher {
    /// Whether a command meets all conditions; if not, the first that it does not.
    pub(super) fn check(&self, came: &Came<'_>, state: &str) -> Result<(), Mismatch<'_>> {
        let mut nearness = 0;
        for condition in &self.conditions {
            if !condition.holds(came, state) {
                if let Condition::Command(pattern) = condition
                    && let Some(Misfit::Argument { number, .. }) = pattern.misfit(&came.command)
                {
                    nearness += number;
                }
                return Err(Mismatch {
                    nearness,
                    condition,
                });
            }
            nearness += match condition {
                Condition::Command(pattern) => 1 + pattern.arguments(),
                Condition::Connection(_) | Condition::State(_) => 0,
                _ => 1,
            };
        }
        Ok(())
    }

    /// The connection that it asks for, if any.
    pub(super) fn connection(&self) -> Option<u64> {
        self.conditions
            .iter()
            .find_map(|condition| match condition {
                Condition::Connection(number) => Some(*number),
                _ => None,
            })
    }
}

impl Mismatch<'_> {
    /// What does not fit.
    pub(super) fn explain(&self, came: &Came<'_>, state: &str) -> String {
        self.condition.explain(came, state)
    }
}

impl Condition {
    fn holds(&self, came: &Came<'_>, state: &str) -> bool {
        let command = &came.command;
        match self {
            Self::Command(pattern) => pattern.matches(command),
            Self::Asks(key) => match Command::parse(command) {
                Ok(Command::GetInfo(keys)) => keys.iter().any(|asked| asked == key),
                Ok(Command::GetConf(options)) => {
                    options.iter().any(|asked| asked.eq_ignore_ascii_case(key))
                }
                _ => false,
            },
            Self::Subscribes(event) => match Command::parse(command) {
                Ok(Command::SetEvents(events)) => {
                    events.iter().any(|heard| heard.eq_ignore_ascii_case(event))
                }
                _ => false,
            },
            Self::Sets(option, expected) => match Command::parse(command) {
                Ok(Command::SetConf(settings) | Command::ResetConf(settings)) => {
                    settings.iter().any(|setting| {
                        setting.key.eq_ignore_ascii_case(option)
                            && expected.as_ref().is_none_or(|expected| {
                                setting.value.as_deref() == Some(expected.as_bytes())
                            })
                    })
                }
                _ => false,
            },
            Self::Has(word) => words(command.arguments).any(|came| came == word.as_bytes()),
            Self::Line(regex) => regex.is_match(came.line),
            Self::Data(regex) => command
                .body
                .is_some_and(|data| regex.is_match(&data.text())),
            Self::Connection(number) => came.connection.0 == *number,
            Self::State(expected) => state == expected,
            Self::Closure(Closure(closure)) => closure(command),
        }
    }

    /// What is different, where it does not hold.
    fn explain(&self, came: &Came<'_>, state: &str) -> String {
        match self {
            Self::Command(pattern) => pattern
                .misfit(&came.command)
                .map_or_else(String::new, |misfit| misfit.to_string()),
            Self::Asks(key) => format!("it does not ask for {key:?}"),
            Self::Subscribes(event) => format!("it does not subscribe to {event}"),
            Self::Sets(option, None) => format!("it does not set {option}"),
            Self::Sets(option, Some(value)) => format!("it does not set {option} to {value:?}"),
            Self::Has(word) => format!("it has no argument {word:?}"),
            Self::Line(regex) => format!("the line does not match /{regex}/"),
            Self::Data(_) if came.command.body.is_none() => "it has no data".into(),
            Self::Data(regex) => format!("the data does not match /{regex}/"),
            Self::Connection(number) => {
                format!(
                    "it came on connection {}, expected #{number}",
                    came.connection
                )
            }
            Self::State(expected) => format!("the state was {state:?}, expected {expected:?}"),
            Self::Closure(_) => "the closure says no".into(),
        }
    }
}

/// What a report calls the rule.
impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.conditions.is_empty() {
            return f.write_str("any command");
        }
        for (at, condition) in self.conditions.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            match condition {
                Condition::Command(pattern) => write!(f, "{pattern}")?,
                Condition::Asks(key) => write!(f, "asks for {key:?}")?,
                Condition::Subscribes(event) => write!(f, "subscribes to {event}")?,
                Condition::Sets(option, None) => write!(f, "sets {option}")?,
                Condition::Sets(option, Some(value)) => write!(f, "sets {option} to {value:?}")?,
                Condition::Has(word) => write!(f, "has {word:?}")?,
                Condition::Line(regex) => write!(f, "line /{regex}/")?,
                Condition::Data(regex) => write!(f, "data /{regex}/")?,
                Condition::Connection(number) => write!(f, "on #{number}")?,
                Condition::State(state) => write!(f, "in state {state:?}")?,
                Condition::Closure(_) => f.write_str("a closure")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Closure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Closure")
    }
}
