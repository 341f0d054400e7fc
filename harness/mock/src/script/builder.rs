//! The script itself.

use super::emit::Emit;
use super::error::ScriptError;
use super::file;
use super::on::On;

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
    pub(super) rules: Vec<On>,
    pub(super) emits: Vec<Emit>,
}

impl Script {
    /// A script in which everything is as tor does it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a script in TOML; `origin` is what errors call the text.
    ///
    /// `[[on]]` has `command`, `reply` (a line or several; `250 OK` unless
    /// told), `times` (`2`, `"1.."`, `"1..3"`; expected, and answered at most)
    /// and `close`. `[[emit]]` has `event` (a line or several), one of `after` (a
    /// command) and `every` (`"500ms"`, `"2s"`), and `times` (at most).
    ///
    /// # Errors
    /// If it is no TOML, has a field that is not known, or says something that
    /// cannot be: with line and column.
    pub fn parse(text: &str, origin: &str) -> Result<Self, ScriptError> {
        file::parse(text, origin)
    }

    /// Adds a rule; the first that fits answers.
    pub fn on(mut self, rule: On) -> Self {
        self.rules.push(rule);
        self
    }

    /// Adds an event.
    pub fn emit(mut self, emit: Emit) -> Self {
        self.emits.push(emit);
        self
    }
}
