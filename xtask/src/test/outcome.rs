//! What a run has found out.

use std::fmt;

use tor_harness_runner::events::{Note, Outcome, TestFinished};

use super::target::Target;

/// Everything a run has found out so far.
#[derive(Default)]
pub(crate) struct Outcomes {
    pub(crate) tests: Vec<(Target, TestFinished)>,
    pub(crate) notes: Vec<(Target, Note)>,
}

/// How many tests ended in which way.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Outcomes {
    pub(crate) fn counts(&self) -> Counts {
        Counts::of(self.tests.iter().map(|(_, test)| test))
    }

    pub(crate) fn failures(&self) -> impl Iterator<Item = &(Target, TestFinished)> {
        self.tests
            .iter()
            .filter(|(_, test)| test.outcome == Outcome::Failed)
    }
}

impl Counts {
    pub(crate) fn of<'t>(tests: impl IntoIterator<Item = &'t TestFinished>) -> Self {
        let mut counts = Self::default();
        for test in tests {
            match test.outcome {
                Outcome::Passed => counts.passed += 1,
                Outcome::Failed => counts.failed += 1,
                Outcome::Skipped => counts.skipped += 1,
            }
        }
        counts
    }
}

/// The closing line.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            passed,
            failed,
            skipped,
        } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}
