//! A script as far as it has been played.

use std::collections::VecDeque;

use tor_harness_control::command::RawCommand;

use super::builder::Script;
use super::emit::{CheckedWhen, Emission};
use super::error::ScriptError;
use super::event::{EventError, ScriptedEvent};
use super::on::Rule;
use super::unmet::{Expectation, Unmet};
use crate::transcript::printable;
use crate::world::events::{EventKind, Events};
use crate::world::ticker::Ticker;

/// How many commands a report lists, and how much of each.
const COMMANDS: usize = 100;
const COMMAND_BYTES: usize = 200;

/// A script, and what of it has happened.
#[derive(Debug)]
pub(crate) struct Playbook {
    /// Each with how often its command came, while no later rule took it.
    rules: Vec<(Rule, u32)>,
    emissions: Vec<Emission>,
    came: VecDeque<(String, u64)>,
    earlier: u64,
}

/// What a script answers to a command.
#[derive(Debug)]
pub(crate) struct Scripted {
    pub(crate) bytes: Vec<u8>,
    /// Whether it says that the command was done.
    pub(crate) is_positive: bool,
    pub(crate) close: bool,
}

impl Playbook {
    /// A script of which nothing has happened.
    pub(crate) fn new(script: &Script) -> Result<Self, ScriptError> {
        if let Some(error) = &script.error {
            return Err(error.clone());
        }
        Ok(Self {
            rules: script.rules.iter().map(|rule| (rule.clone(), 0)).collect(),
            emissions: script.emissions.clone(),
            came: VecDeque::new(),
            earlier: 0,
        })
    }

    /// The events that come every so often.
    pub(crate) fn tickers(&self) -> Vec<Ticker> {
        let ticker = |emission: &Emission| match emission.when {
            CheckedWhen::After(_) => None,
            CheckedWhen::Every(period) => {
                let ScriptedEvent { kind, bytes } = emission.event.clone();
                Some(Ticker::new(kind, bytes, period, emission.times))
            }
        };
        self.emissions.iter().filter_map(ticker).collect()
    }

    /// Whether the script reports such events.
    pub(crate) fn emits(&self, kind: EventKind) -> bool {
        self.emissions
            .iter()
            .any(|emission| emission.event.kind == kind)
    }

    /// Keeps a command that came, for the report.
    pub(crate) fn note(&mut self, command: &RawCommand<'_>) {
        let mut line = command.keyword.to_vec();
        if !command.arguments.is_empty() {
            line.push(b' ');
            line.extend_from_slice(command.arguments.trim_ascii_end());
        }
        line.truncate(COMMAND_BYTES);
        let line = printable(&line);
        if let Some((_, times)) = self.came.back_mut().filter(|(last, _)| *last == line) {
            *times += 1;
            return;
        }
        if self.came.len() == COMMANDS {
            let (_, times) = self.came.pop_front().unwrap_or_default();
            self.earlier += times;
        }
        self.came.push_back((line, 1));
    }

    /// The answer to a command, if the script has one (still).
    pub(crate) fn answer(&mut self, command: &RawCommand<'_>) -> Option<Scripted> {
        let mut too_much = None;
        for (rule, came) in &mut self.rules {
            if !rule.pattern.matches(command) {
                continue;
            }
            if rule.times.most.is_none_or(|most| *came < most) {
                *came = came.saturating_add(1);
                return Some(Scripted {
                    bytes: rule.reply.clone(),
                    is_positive: rule.is_positive,
                    close: rule.close,
                });
            }
            too_much = Some(came);
        }
        // No rule is left for it: that is too much for the last of them.
        if let Some(came) = too_much {
            *came = came.saturating_add(1);
        }
        None
    }

    /// A command has been answered: emits what comes after it.
    pub(crate) fn follow(&mut self, command: &RawCommand<'_>, events: &mut Events) {
        for emission in &mut self.emissions {
            let CheckedWhen::After(pattern) = &emission.when else {
                continue;
            };
            if emission.times != Some(0) && pattern.matches(command) {
                emission.times = emission.times.map(|left| left - 1);
                events.emit(emission.event.kind, emission.event.bytes.clone());
            }
        }
    }

    /// Emits an event that a program wrote.
    pub(crate) fn emit(&self, event: &str, events: &mut Events) -> Result<(), EventError> {
        let event = ScriptedEvent::new(event.split('\n'), None)?;
        events.emit(event.kind, event.bytes);
        Ok(())
    }

    /// Whether everything has come that is expected.
    pub(crate) fn verify(&self) -> Result<(), Unmet> {
        let unmet = |(rule, came): &(Rule, u32)| {
            (!rule.times.contains(*came)).then(|| Expectation {
                place: rule.place.clone(),
                command: rule.pattern.to_string(),
                expected: rule.times,
                came: *came,
            })
        };
        let expectations: Vec<_> = self.rules.iter().filter_map(unmet).collect();
        if expectations.is_empty() {
            return Ok(());
        }
        Err(Unmet {
            expectations,
            came: self.came.iter().cloned().collect(),
            earlier: self.earlier,
        })
    }
}
