//! What has come, against what was expected.

use std::fmt;

use super::log::CommandLog;
use crate::client::ClientFault;
use crate::connection::ConnectionId;
use crate::script::place::Place;
use crate::script::times::Times;
use crate::transcript::Transcript;

/// How many findings show the transcript around them.
const EXCERPTS: usize = 5;

/// What has come so far, against what a script expects and what clients should do.
///
/// It is text for people: expectations that are not met, each with the command
/// that came nearest to it; unexpected commands, each with the rule it came nearest
/// to; rules for clients that one broke; and the commands that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub(super) is_met: bool,
    pub(super) expectations: Vec<Expectation>,
    /// How what came differs from a recording.
    pub(super) differences: Vec<String>,
    pub(super) unexpected: Vec<Unexpected>,
    pub(super) more_unexpected: u64,
    pub(super) client_faults: Vec<ClientFault>,
    pub(super) more_client_faults: u64,
    pub(super) log: CommandLog,
}

/// An expectation that is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expectation {
    pub(super) place: Place,
    pub(super) command: String,
    pub(super) expected: Times,
    pub(super) came: u32,
    pub(super) nearest: Option<Near>,
}

/// The command that came nearest to a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) nearness: usize,
    pub(super) command: String,
    pub(super) connection: ConnectionId,
    pub(super) why: String,
    pub(super) excerpt: Excerpt,
}

/// The transcript around a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The command's place in the transcript.
    mark: u64,
    /// Filled in for a report, once for each place.
    lines: Vec<String>,
}

/// A command that nobody expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unexpected {
    pub(super) command: String,
    pub(super) connection: ConnectionId,
    pub(super) excerpt: Excerpt,
    /// The rule that it came nearest to: its place, its name, and why not.
    pub(super) nearest: Option<(Place, String, String)>,
}

impl Report {
    /// Whether everything that is expected has come, and nothing that must not.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.is_met
    }

    /// Whether there is nothing to tell: every expectation is met, no command
    /// was unexpected, and no client broke a rule.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.is_met && self.unexpected.is_empty() && self.client_faults.is_empty()
    }

    /// The same, with how what came differs from the recording that is played.
    pub(crate) fn and_replay(mut self, differences: Option<Vec<String>>) -> Self {
        self.differences = differences.unwrap_or_default();
        self.is_met &= self.differences.is_empty();
        self
    }

    /// The first hundred commands that neither the script nor the mock knew, or
    /// that came out of order.
    pub fn unexpected(&self) -> impl Iterator<Item = &str> {
        self.unexpected
            .iter()
            .map(|command| command.command.as_str())
    }

    /// The first hundred rules that clients broke, with their places.
    #[must_use]
    pub fn client_faults(&self) -> &[ClientFault] {
        &self.client_faults
    }

    /// The same, with the transcript around the first places that it names.
    pub(super) fn with_excerpts(mut self, transcript: &Transcript) -> Self {
        let nearest = self
            .expectations
            .iter_mut()
            .filter_map(|e| e.nearest.as_mut());
        let unexpected = self.unexpected.iter_mut().map(|u| &mut u.excerpt);
        let mut shown = Vec::new();
        for excerpt in nearest.map(|near| &mut near.excerpt).chain(unexpected) {
            if shown.len() == EXCERPTS {
                break;
            }
            if !shown.contains(&excerpt.mark) {
                shown.push(excerpt.mark);
                excerpt.lines = transcript.around(excerpt.mark);
            }
        }
        self
    }

    fn write_expectations(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for expectation in &self.expectations {
            let Expectation {
                place,
                command,
                expected,
                came,
                nearest,
            } = expectation;
            writeln!(f, "  {place}: {command}: expected {expected}, came {came}")?;
            if let Some(near) = nearest {
                writeln!(
                    f,
                    "    nearest is {} on {}: {}",
                    near.command, near.connection, near.why
                )?;
                write!(f, "{}", near.excerpt)?;
            }
        }
        Ok(())
    }

    fn write_unexpected(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unexpected.is_empty() {
            return Ok(());
        }
        f.write_str("unexpected commands:\n")?;
        for unexpected in &self.unexpected {
            writeln!(f, "  {} on {}", unexpected.command, unexpected.connection)?;
            if let Some((place, rule, why)) = &unexpected.nearest {
                writeln!(f, "    nearest is {place}: {rule}: {why}")?;
            }
            write!(f, "{}", unexpected.excerpt)?;
        }
        more(f, self.more_unexpected)
    }

    fn write_client_faults(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.client_faults.is_empty() {
            return Ok(());
        }
        f.write_str("rules that the client broke:\n")?;
        let mut told = Vec::new();
        for fault in &self.client_faults {
            writeln!(f, "  {fault}")?;
            if !told.contains(&fault.rule) {
                writeln!(f, "    {}", fault.rule.describe())?;
                told.push(fault.rule);
            }
        }
        more(f, self.more_client_faults)
    }

    fn write_log(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CommandLog { came, earlier } = &self.log;
        if came.is_empty() {
            return f.write_str("no command came\n");
        }
        f.write_str("the commands that came:\n")?;
        if *earlier > 0 {
            writeln!(f, "  ... {earlier} before these")?;
        }
        for (command, times) in came {
            match times {
                1 => writeln!(f, "  {command}")?,
                _ => writeln!(f, "  {command} ({times} times)")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.is_met, self.is_clean()) {
            (false, _) => "the expectations were not met\n",
            (true, false) => "the expectations were met, but\n",
            (true, true) => "the expectations were met\n",
        })?;
        self.write_expectations(f)?;
        if !self.differences.is_empty() {
            f.write_str("the recording was not followed:\n")?;
        }
        for difference in &self.differences {
            writeln!(f, "  {difference}")?;
        }
        self.write_unexpected(f)?;
        self.write_client_faults(f)?;
        self.write_log(f)
    }
}

impl Excerpt {
    /// That of a place.
    pub(super) fn at(mark: u64) -> Self {
        Self {
            mark,
            lines: Vec::new(),
        }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.lines.iter();
        lines.try_for_each(|line| writeln!(f, "      {line}"))
    }
}

fn more(f: &mut fmt::Formatter<'_>, number: u64) -> fmt::Result {
    match number {
        0 => Ok(()),
        _ => writeln!(f, "  ... {number} more"),
    }
}

/// Expectations that were not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet(pub(crate) Box<Report>);

impl Unmet {
    /// What was not, and what else there is to tell.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.0
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Unmet {}
