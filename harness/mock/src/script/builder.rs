//! The script itself.

use std::collections::BTreeSet;

use super::emit::{Emission, Emit};
use super::error::{ScriptError, error_at};
use super::fault::{Fault, faults_of};
use super::file;
use super::on::{On, Rule, check_connection};
use super::place::Place;
use super::quirk::Quirk;
use crate::connection::ConnectionId;
use crate::recording::{Recording, ReplayMode};
use crate::world::ticker::Ticker;

/// What a mock does otherwise than tor, and what it expects.
///
/// ```
/// use tor_harness_mock::Script;
///
/// let script = Script::parse(r#"
/// [[on]]
/// command = "GETINFO version"
/// reply = ["250-version=9.9.9", "250 OK"]
/// times = 1
///
/// [[emit]]
/// event = "BW 100 200"
/// after = "SETEVENTS BW"
/// "#, "script.toml")?;
/// # Ok::<(), tor_harness_mock::ScriptError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a script does nothing until a mock has it"]
pub struct Script {
    pub(super) rules: Vec<Rule>,
    pub(super) emissions: Vec<Emission>,
    /// Faults of the connection of a number, or of every one.
    pub(super) connections: Vec<(Option<u64>, Fault)>,
    pub(super) quirks: BTreeSet<Quirk>,
    pub(super) strict: bool,
    pub(super) strict_client: bool,
    pub(super) whole: bool,
    pub(crate) replay: Option<(Recording, ReplayMode)>,
    /// What is wrong with the first that is.
    pub(super) error: Option<ScriptError>,
}

impl Script {
    /// A script in which everything is as tor does it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a script in TOML; `origin` is what errors call the text. The
    /// format is that of [`SCRIPT.md`](crate::script_format).
    ///
    /// # Errors
    /// If it is no TOML, has a field that is not known, or says something that
    /// cannot be: with line and column.
    pub fn parse(text: &str, origin: &str) -> Result<Self, ScriptError> {
        file::parse(text, origin)
    }

    /// Adds a rule; the first that fits answers. What is wrong with it, the
    /// mock says when it is to start.
    pub fn on(mut self, on: On) -> Self {
        self.fail(on.error);
        self.rules.push(on.rule);
        self
    }

    /// Adds rules for commands that are expected in this order, each once
    /// unless told. Other commands may come in between.
    #[track_caller]
    pub fn in_order(mut self, rules: impl IntoIterator<Item = On>) -> Self {
        let name = Place::here().to_string();
        for on in rules {
            self = self.on(on.order(name.clone()));
        }
        self
    }

    /// Adds an event. What is wrong with it, the mock says when it is to start.
    pub fn emit(mut self, emit: Emit) -> Self {
        match emit.checked() {
            Ok(emission) => self.emissions.push(emission),
            Err(error) => self.fail(Some(error)),
        }
        self
    }

    /// Lets something go wrong on the connection of this number; they are
    /// counted from 1.
    #[track_caller]
    pub fn connection(mut self, number: u64, faults: impl IntoIterator<Item = Fault>) -> Self {
        for fault in faults {
            self.add_connection(Place::here(), Some(number), fault);
        }
        self
    }

    /// Lets something go wrong on every connection.
    #[track_caller]
    pub fn every_connection(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        for fault in faults {
            self.add_connection(Place::here(), None, fault);
        }
        self
    }

    /// Plays a recording: rules come before it, and where it has nothing for a
    /// command, that depends on the mode. Of several recordings the last counts.
    pub fn replay(mut self, recording: Recording, mode: ReplayMode) -> Self {
        self.replay = Some((recording, mode));
        self
    }

    /// Switches a quirk on.
    pub fn quirk(mut self, quirk: Quirk) -> Self {
        self.quirks.insert(quirk);
        self
    }

    /// Makes unexpected commands an expectation that is not met: those that
    /// neither the script answers nor the mock knows. They are reported in any case.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Makes each [`ClientRule`](crate::ClientRule) that a client breaks an
    /// expectation that is not met. They are reported in any case.
    pub fn strict_client(mut self) -> Self {
        self.strict_client = true;
        self
    }

    /// Makes this the whole conversation: its rules are expected in their
    /// order, each once unless told, and no other command is. The rules for one
    /// [connection](On::connection) are an order of their own.
    pub fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// The JSON schema of scripts in TOML, for editors.
    #[cfg(feature = "schema")]
    #[must_use]
    pub fn schema() -> String {
        file::schema()
    }

    /// What goes wrong on a connection.
    pub(crate) fn faults_of(&self, id: ConnectionId) -> impl Iterator<Item = Fault> {
        faults_of(&self.connections, id)
    }

    /// The events that come every so often.
    pub(crate) fn tickers(&self) -> impl Iterator<Item = Ticker> {
        self.emissions.iter().filter_map(Emission::ticker)
    }

    pub(super) fn add_connection(&mut self, place: Place, number: Option<u64>, fault: Fault) {
        let number_checked = number.map_or(Ok(()), check_connection);
        match number_checked.and_then(|()| fault.check()) {
            Ok(()) => self.connections.push((number, fault)),
            Err(problem) => self.fail(Some(error_at(place)(problem))),
        }
    }

    fn fail(&mut self, error: Option<ScriptError>) {
        self.error = self.error.take().or(error);
    }
}
