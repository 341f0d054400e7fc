//! A recording that is played again.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::error::ReplayModeError;
use super::exchange::{Exchange, Recording};
use super::stand_in::StandIns;
use super::values::Values;
use crate::world::Persona;

/// How closely a client has to keep to a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplayMode {
    /// The same commands in the same order, on the same connections.
    Strict,
    /// The same commands in the same order on each connection.
    #[default]
    Connections,
    /// Any order: a command gets its recorded answers in turn, the last one for
    /// ever; what was not recorded is answered as without the recording.
    Rules,
}

impl ReplayMode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Connections, Self::Rules];

    /// Its name: `strict`, `connections` or `rules`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Connections => "connections",
            Self::Rules => "rules",
        }
    }
}

impl fmt::Display for ReplayMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ReplayMode {
    type Err = ReplayModeError;

    fn from_str(text: &str) -> Result<Self, ReplayModeError> {
        let mut all = Self::ALL.into_iter();
        all.find(|mode| mode.as_str() == text)
            .ok_or_else(|| ReplayModeError(text.to_owned()))
    }
}

/// A recording, and how far it has been played.
#[derive(Clone, Debug)]
pub(crate) struct Replay {
    mode: ReplayMode,
    exchanges: Vec<Exchange>,
    turns: HashMap<Scope, Turn>,
    stand_ins: StandIns,
    values: Values,
    /// What came otherwise than recorded, the first of it.
    differences: Vec<String>,
}

/// Within what the order of exchanges counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Scope {
    All,
    Connection(u64),
    Command(Vec<String>),
}

/// The exchanges of one scope, and how many have been played.
#[derive(Clone, Debug, Default)]
struct Turn {
    exchanges: Vec<usize>,
    taken: usize,
}

/// What a recording has for a command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Played {
    /// Nothing: it is answered as without a recording.
    Live,
    /// This, and whether the connection is closed then.
    Recorded { bytes: Vec<u8>, close: bool },
    /// Another command: what was expected, and what came.
    Refused(String),
}

/// How many differences are told.
const DIFFERENCES: usize = 10;

/// What is answered live: proofs and nonces differ each time.
const LIVE: [&str; 3] = ["PROTOCOLINFO", "AUTHCHALLENGE", "AUTHENTICATE"];

impl Replay {
    /// A recording of which nothing has been played, for a mock of this name.
    pub(crate) fn new(recording: &Recording, mode: ReplayMode, persona: &Persona) -> Self {
        let exchanges = recording.exchanges.clone();
        let mut turns: HashMap<Scope, Turn> = HashMap::new();
        for (at, exchange) in exchanges.iter().enumerate() {
            if !exchange.command.is_empty() {
                let scope = Scope::of(mode, exchange.connection, &canonical(&exchange.command));
                turns.entry(scope).or_default().exchanges.push(at);
            }
        }
        Self {
            mode,
            turns,
            stand_ins: StandIns::new(&persona.folder, None),
            values: Values::new(persona, &exchanges),
            exchanges,
            differences: Vec::new(),
        }
    }

    /// Takes a command that came on a connection, and says what was recorded.
    pub(crate) fn play(&mut self, connection: u64, command: &[u8], now: Duration) -> Played {
        let came = canonical(&self.stand_ins.lines(command));
        let turn = self.turns.get_mut(&Scope::of(self.mode, connection, &came));
        let next = turn.as_ref().and_then(|turn| turn.next(self.mode));
        let Some((turn, at)) = turn.zip(next) else {
            return match self.mode {
                ReplayMode::Rules => Played::Live,
                _ => self.refuse(connection, &came, None),
            };
        };
        let recorded = &self.exchanges[at];
        let expected = canonical(&recorded.command);
        let is_live = LIVE.contains(&keyword(&came));
        let is_same = expected == came || is_live && keyword(&expected) == keyword(&came);
        if !is_same || (self.mode == ReplayMode::Strict && recorded.connection != connection) {
            // What came too much does not use up what was expected.
            return self.refuse(connection, &came, Some(at));
        }
        turn.taken += 1;
        if is_live {
            return Played::Live;
        }
        self.values.at(now);
        let mut bytes = self.values.fill(&recorded.reply, &mut self.stand_ins);
        bytes.extend(self.values.fill(&recorded.events, &mut self.stand_ins));
        Played::Recorded {
            bytes,
            close: recorded.closed,
        }
    }

    /// What came otherwise than recorded or has not come, a line each.
    pub(crate) fn differences(&self) -> Vec<String> {
        let mut missing: Vec<_> = self
            .turns
            .values()
            .filter_map(|turn| {
                let at = turn.exchanges.get(turn.taken)?;
                Some((at, turn.exchanges.len() - turn.taken - 1))
            })
            .filter(|_| self.mode != ReplayMode::Rules)
            .collect();
        missing.sort();
        let missing = missing.into_iter().map(|(at, more)| {
            let recorded = self.shown(*at);
            match more {
                0 => format!("expected {recorded}, which never came"),
                _ => format!("expected {recorded}, which never came, nor the {more} behind it"),
            }
        });
        self.differences.iter().cloned().chain(missing).collect()
    }

    fn refuse(&mut self, connection: u64, came: &[String], recorded: Option<usize>) -> Played {
        let expected = recorded.map_or_else(|| "nothing more".to_owned(), |at| self.shown(at));
        let came = came.first().map_or("", String::as_str);
        let text = format!("expected {expected}, got {came} on #{connection}");
        if self.differences.len() < DIFFERENCES {
            self.differences.push(text.clone());
        }
        Played::Refused(text)
    }

    fn shown(&self, at: usize) -> String {
        let Exchange {
            connection,
            command,
            ..
        } = &self.exchanges[at];
        format!(
            "{} on #{connection}",
            command.first().map_or("", String::as_str)
        )
    }
}

impl Scope {
    fn of(mode: ReplayMode, connection: u64, command: &[String]) -> Self {
        match mode {
            ReplayMode::Strict => Self::All,
            ReplayMode::Connections => Self::Connection(connection),
            ReplayMode::Rules => Self::Command(command.to_vec()),
        }
    }
}

impl Turn {
    /// The next exchange; the last of a rule comes again.
    fn next(&self, mode: ReplayMode) -> Option<usize> {
        let last = self.exchanges.len().checked_sub(1)?;
        let at = match mode {
            ReplayMode::Rules => self.taken.min(last),
            _ => self.taken,
        };
        self.exchanges.get(at).copied()
    }
}

/// A command with its keyword as tor's table has it: any case will do.
fn canonical(command: &[String]) -> Vec<String> {
    let mut command = command.to_vec();
    if let Some(line) = command.first_mut() {
        let end = line.find(' ').unwrap_or(line.len());
        line.get_mut(..end).map(str::make_ascii_uppercase);
    }
    command
}

fn keyword(command: &[String]) -> &str {
    let line = command.first().map_or("", String::as_str);
    line.split(' ').next().unwrap_or_default()
}
