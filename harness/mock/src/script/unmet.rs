//! What a script expected in vain.

use std::fmt;

use super::place::Place;
use super::times::Times;

/// The expectations of a script that were not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    pub(super) expectations: Vec<Expectation>,
    /// Commands, and how often they came in a row.
    pub(super) came: Vec<(String, u64)>,
    /// How many more there were before those.
    pub(super) earlier: u64,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expectation {
    pub(super) place: Place,
    pub(super) command: String,
    pub(super) expected: Times,
    pub(super) came: u32,
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the script's expectations were not met\n")?;
        for Expectation {
            place,
            command,
            expected,
            came,
        } in &self.expectations
        {
            writeln!(f, "  {place}: {command}: expected {expected}, came {came}")?;
        }
        if self.came.is_empty() {
            return f.write_str("no command came\n");
        }
        f.write_str("the commands that came:\n")?;
        if self.earlier > 0 {
            writeln!(f, "  ... {} before these", self.earlier)?;
        }
        for (command, times) in &self.came {
            match times {
                1 => writeln!(f, "  {command}")?,
                _ => writeln!(f, "  {command} ({times} times)")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Unmet {}
