//! Scripts that nobody has written, made from a seed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tor_harness::control::auth::AuthConfig;
use tor_harness::control::reply::GetInfoReply;
use tor_harness::control::{Decoder, StatusCode};
use tor_harness::fixtures::find;
use tor_strategies::control::{Line, Vocabulary, conversation};

use super::difference::Difference;
use super::play::{Differential, Outcome};
use super::script::{Script, Step};

/// Random scripts: each is the same wherever it is made from the same seed.
#[derive(Clone, Debug)]
pub struct Random {
    vocabulary: Arc<Vocabulary>,
    seed: u64,
    /// How often a script that shows a difference is made shorter, at most.
    attempts: usize,
}

/// What came of random scripts.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many commands were answered alike.
    pub commands: usize,
    /// How often each difference was met that is meant to be.
    pub explained: BTreeMap<&'static str, usize>,
    /// The others, each with the shortest script that shows it.
    pub differences: Vec<Difference>,
}

impl Random {
    /// The scripts of a seed, in the words of the tor that was recorded.
    ///
    /// # Panics
    /// If the recordings lack one of the lists of words.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let [config, info, events, signals] =
            ["config/names", "info/names", "events/names", "signal/names"]
                .map(|key| recorded_list(key).unwrap_or_else(|| panic!("no recording of {key}")));
        let hidden: String = recorded_hidden()
            .iter()
            .map(|name| format!("{name} Obsolete\n"))
            .collect();
        let config = config + "\n" + &hidden;
        let vocabulary = Arc::new(Vocabulary::new(&config, &info, &events, &signals));
        Self {
            vocabulary,
            seed,
            attempts: 100,
        }
    }

    /// Makes a script that shows a difference shorter so often, at most; a hundred times
    /// unless told.
    #[must_use]
    pub fn attempts(mut self, attempts: usize) -> Self {
        self.attempts = attempts;
        self
    }

    /// Plays the script of a number; where it shows a difference, the shortest that
    /// does is looked for.
    ///
    /// # Errors
    /// If a tor cannot be started or talked to.
    pub fn play(&self, number: u64) -> Result<Tally> {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_le_bytes());
        seed[8..16].copy_from_slice(&number.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let mut lines = conversation(&self.vocabulary)
            .new_tree(&mut runner)
            .map_err(|reason| anyhow!("{reason}"))?;

        let play = |lines: Vec<Line>| {
            let commands = lines.iter().filter(|line| line.bytes.is_some()).count();
            let script = script(number, lines);
            let others = script.steps.len() - commands;
            let mut outcome = Differential::play(&script)?;
            // What lets the controllers in is not random.
            outcome.alike = outcome.alike.saturating_sub(others);
            anyhow::Ok(outcome)
        };
        let first = play(lines.current())?;
        let mut tally = Tally::from(first.clone());
        if first.difference.is_none() {
            return Ok(tally);
        }
        let mut shortest = first.difference;
        let mut shrinks = lines.simplify();
        for _ in 0..self.attempts {
            if !shrinks {
                break;
            }
            match play(lines.current())?.difference {
                None => shrinks = lines.complicate(),
                difference => {
                    shortest = difference;
                    shrinks = lines.simplify();
                }
            }
        }
        tally.differences = shortest.into_iter().collect();
        Ok(tally)
    }
}

impl From<Outcome> for Tally {
    fn from(outcome: Outcome) -> Self {
        Self {
            commands: outcome.alike,
            explained: outcome.explained.iter().map(|name| (*name, 1)).collect(),
            differences: outcome.difference.into_iter().collect(),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.commands += other.commands;
        self.differences.extend(other.differences);
        for (name, count) in other.explained {
            *self.explained.entry(name).or_default() += count;
        }
    }
}

/// The lines, behind those that let the controllers in and let them hear of events.
fn script(number: u64, lines: Vec<Line>) -> Script {
    let auth = AuthConfig::null();
    let auth = match number % 8 {
        5 => auth.and_password("secret"),
        6 => auth.and_cookie(),
        7 => auth.and_password("secret").and_cookie(),
        _ => auth,
    };
    let events = match number % 4 {
        0 => Some("SETEVENTS CONF_CHANGED SIGNAL NOTICE WARN ERR STATUS_CLIENT STATUS_GENERAL\r\n"),
        1 => {
            Some("SETEVENTS STREAM ADDRMAP CIRC HS_DESC NEWDESC BUILDTIMEOUT_SET STATUS_CLIENT\r\n")
        }
        _ => None,
    };
    let mut steps = Vec::new();
    let mut open = BTreeSet::new();
    for Line { connection, bytes } in lines {
        let Some(bytes) = bytes else {
            if open.remove(&connection) {
                steps.push(Step::hang_up(connection));
            }
            continue;
        };
        if open.insert(connection) {
            steps.push(Step::let_in(connection, &auth));
            steps.extend(events.map(|events| Step::new(connection, events)));
        }
        steps.push(Step::new(connection, bytes));
    }
    Script { auth, steps }
}

/// The names of the options that were recorded to be there without being listed.
fn recorded_hidden() -> Vec<&'static str> {
    let fixture = find("control/getconf/hidden").map(|fixture| fixture.command);
    let words = fixture.unwrap_or_default().split(' ');
    words.skip(1).collect()
}

/// What a key of GETINFO was recorded to list.
fn recorded_list(key: &str) -> Option<String> {
    let fixture = find(&format!("control/getinfo/{}", key.replace('/', "-")))?;
    let mut decoder = Decoder::new();
    decoder.push(fixture.bytes);
    let message = decoder.next().ok()??;
    if message.last().status != StatusCode::OK {
        return None;
    }
    let reply = GetInfoReply::parse(&message).ok()?;
    Some(String::from_utf8_lossy(&reply.value(key)?).into_owned())
}
