//! The script itself.

use super::emit::{Emission, Emit};
use super::error::ScriptError;
use super::file;
use super::on::{On, Rule};

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
///
/// [[emit]]
/// event = "NS"
/// data = """
/// r relay AAAAAAAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAAAAAA 2026-11-21 23:09:48 127.0.0.1 9001 0
/// s Running Valid
/// """
/// every = "2s"
/// "#, "script.toml")?;
/// # Ok::<(), tor_harness_mock::ScriptError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a script does nothing until a mock has it"]
pub struct Script {
    pub(super) rules: Vec<Rule>,
    pub(super) emissions: Vec<Emission>,
    /// What is wrong with the first that is.
    pub(super) error: Option<ScriptError>,
}

impl Script {
    /// A script in which everything is as tor does it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a script in TOML; `origin` is what errors call the text.
    ///
    /// `[[on]]` has `command`, `reply` (a line or several; `250 OK` unless
    /// told), `times` (`2`, `"1.."`, `"1..3"`: see [`On::times`]) and `close`.
    /// `[[emit]]` has `event` (a line or several), `data` (see [`Emit::data`]),
    /// one of `after` (a command) and `every` (`"500ms"`, `"2s"`), and `times`
    /// (at most).
    ///
    /// # Errors
    /// If it is no TOML, has a field that is not known, or says something that
    /// cannot be: with line and column.
    pub fn parse(text: &str, origin: &str) -> Result<Self, ScriptError> {
        file::parse(text, origin)
    }

    /// Adds a rule; the first that fits answers. What is wrong with it, the
    /// mock says when it is to start.
    pub fn on(mut self, rule: On) -> Self {
        match rule.checked() {
            Ok(rule) => self.rules.push(rule),
            Err(error) => self.error = self.error.or(Some(error)),
        }
        self
    }

    /// Adds an event. What is wrong with it, the mock says when it is to start.
    pub fn emit(mut self, emit: Emit) -> Self {
        match emit.checked() {
            Ok(emission) => self.emissions.push(emission),
            Err(error) => self.error = self.error.or(Some(error)),
        }
        self
    }
}
