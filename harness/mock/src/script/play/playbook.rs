//! Scripts that are being played.

use std::collections::BTreeSet;
use std::time::Duration;

use super::gates::Gates;
use super::log::CommandLog;
use super::report::{Expectation, Report, Unexpected};
use super::rules::{Plan, Rules};
use super::timeline::Timeline;
use crate::client::ClientFaults;
use crate::connection::ConnectionId;
use crate::script::builder::Script;
use crate::script::emit::{Emission, When};
use crate::script::error::ScriptError;
use crate::script::fault::{Fault, faults_of};
use crate::script::matcher::Came;
use crate::script::on::Rule;
use crate::script::quirk::Quirk;
use crate::transcript::Transcript;
use crate::wire::Gate;
use crate::world::Random;
use crate::world::events::{EventKind, Events};

/// How many unexpected commands a report lists.
const UNEXPECTED: usize = 100;

/// Scripts, and what of them has happened.
#[derive(Debug)]
pub(crate) struct Playbook {
    rules: Rules,
    gates: Gates,
    /// Gates that are to be opened on all connections.
    opened: Vec<Gate>,
    emissions: Vec<Emission>,
    timeline: Timeline,
    connections: Vec<(Option<u64>, Fault)>,
    quirks: BTreeSet<Quirk>,
    /// What faults take their random numbers from.
    pub(crate) random: Random,
    strict: bool,
    strict_client: bool,
    whole: bool,
    log: CommandLog,
    unexpected: Vec<Unexpected>,
    more_unexpected: u64,
    /// Whether a command came that must not come.
    intruded: bool,
}

impl Playbook {
    /// No script.
    pub(crate) fn new(random: Random) -> Self {
        Self {
            rules: Rules::new(),
            gates: Gates::default(),
            opened: Vec::new(),
            emissions: Vec::new(),
            timeline: Timeline::default(),
            connections: Vec::new(),
            quirks: BTreeSet::new(),
            random,
            strict: false,
            strict_client: false,
            whole: false,
            log: CommandLog::default(),
            unexpected: Vec::new(),
            more_unexpected: 0,
            intruded: false,
        }
    }

    /// Adds a script, its rules before those that are there.
    pub(crate) fn play(&mut self, script: &Script) -> Result<(), ScriptError> {
        if let Some(error) = &script.error {
            return Err(error.clone());
        }
        self.rules.check_states(&script.rules)?;
        let is_there = |rule: &Rule| self.rules.hold_again(rule);
        if !script.rules.first().is_some_and(is_there) {
            self.rules.add(&script.rules, script.whole, &mut self.gates);
        }
        for emission in &script.emissions {
            if let When::At(time) = emission.when {
                self.timeline.add(time, self.emissions.len());
            }
            self.emissions.push(emission.clone());
        }
        self.connections.extend(script.connections.iter().cloned());
        self.quirks.extend(&script.quirks);
        self.strict |= script.strict;
        self.strict_client |= script.strict_client;
        self.whole |= script.whole;
        Ok(())
    }

    /// Makes unexpected commands fail.
    pub(crate) fn strict(&mut self) {
        self.strict = true;
    }

    /// Makes a client's faults fail.
    pub(crate) fn strict_client(&mut self) {
        self.strict_client = true;
    }

    /// Whether the scripts report such events.
    pub(crate) fn emits(&self, kind: EventKind) -> bool {
        self.emissions
            .iter()
            .any(|emission| emission.event.kind == kind)
    }

    /// What goes wrong on a connection.
    pub(crate) fn faults_of(&self, id: ConnectionId) -> Vec<Fault> {
        faults_of(&self.connections, id).collect()
    }

    /// The quirks that are on.
    pub(crate) fn quirks(&self) -> &BTreeSet<Quirk> {
        &self.quirks
    }

    /// Keeps a command that came, for the report.
    pub(crate) fn note(&mut self, came: &Came<'_>) {
        self.log.note(&came.command);
    }

    /// What the scripts have for a command, if anything (still). `mark` is its
    /// place in the transcript.
    pub(crate) fn answer(&mut self, came: &Came<'_>, mark: u64) -> Option<Plan> {
        self.rules.answer(came, mark, &self.gates)
    }

    /// No rule took a command; `is_known` is whether the mock knew what to say.
    pub(crate) fn untaken(&mut self, came: &Came<'_>, mark: u64, is_known: bool) {
        let must_not_come = self.whole || self.rules.is_out_of_order(came);
        self.intruded |= must_not_come;
        if is_known && !must_not_come {
            return;
        }
        if self.unexpected.len() == UNEXPECTED {
            self.more_unexpected += 1;
        } else {
            self.unexpected.push(self.rules.unexpected(came, mark));
        }
    }

    /// A command has been answered: emits what comes after it, and opens what
    /// it opens.
    pub(crate) fn follow(&mut self, came: &Came<'_>, now: Duration, events: &mut Events) {
        self.opened.extend(self.gates.released_by(&came.command));
        for (number, emission) in self.emissions.iter_mut().enumerate() {
            let When::After(pattern, delay) = &emission.when else {
                continue;
            };
            if emission.times == Some(0) || !pattern.matches(&came.command) {
                continue;
            }
            emission.times = emission.times.map(|left| left - 1);
            if delay.is_zero() {
                events.emit(emission.event.kind, emission.delivery());
            } else {
                self.timeline.add(now.saturating_add(*delay), number);
            }
        }
    }

    /// Releases what is held under a name: the gates that open.
    pub(crate) fn release(&mut self, name: &str) -> Vec<Gate> {
        let opened = self.gates.release(name);
        self.rules.drop_released(name, &mut self.gates);
        opened
    }

    /// Takes the gates that a command has opened.
    pub(crate) fn take_opened(&mut self) -> Vec<Gate> {
        std::mem::take(&mut self.opened)
    }

    /// When an event comes by the time alone.
    pub(crate) fn poll_timeout(&self) -> Option<Duration> {
        self.timeline.due()
    }

    /// Emits what is due.
    pub(crate) fn handle_timeout(&mut self, now: Duration, events: &mut Events) {
        while let Some(number) = self.timeline.next(now) {
            let emission = &self.emissions[number];
            events.emit(emission.event.kind, emission.delivery());
        }
    }

    /// What has come so far, against what is expected.
    pub(crate) fn report(&self, transcript: &Transcript, client: &ClientFaults) -> Report {
        let mut expectations = Vec::new();
        for played in &self.rules.all {
            if !played.times.contains(played.came) {
                expectations.push(Expectation {
                    place: played.rule.place.clone(),
                    command: played.rule.matcher.to_string(),
                    expected: played.times,
                    came: played.came,
                    nearest: played
                        .nearest
                        .clone()
                        .filter(|_| played.came < played.times.least),
                });
            }
        }
        let (client_faults, more_client_faults) = client.found();
        let failed = !expectations.is_empty()
            || self.intruded
            || (self.strict && !self.unexpected.is_empty())
            || (self.strict_client && !client_faults.is_empty());
        Report {
            is_met: !failed,
            expectations,
            differences: Vec::new(),
            unexpected: self.unexpected.clone(),
            more_unexpected: self.more_unexpected,
            client_faults: client_faults.to_vec(),
            more_client_faults,
            log: self.log.clone(),
        }
        .with_excerpts(transcript)
    }
}
