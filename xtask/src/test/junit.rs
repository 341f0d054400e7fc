//! Results as a JUnit report.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use tor_harness_runner::events::{Outcome, TestFinished};

use super::outcome::Outcomes;
use crate::error::Usage;

/// A report that is written at the end.
pub(crate) struct Junit(File);

impl Junit {
    /// Starts the file.
    ///
    /// # Errors
    /// [`Usage`] when it cannot be written.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        match File::create(path) {
            Ok(file) => Ok(Self(file)),
            Err(error) => {
                Err(Usage(format!("--junit: cannot write {}: {error}", path.display())).into())
            }
        }
    }

    /// All tests have finished.
    pub(crate) fn write(&mut self, outcomes: &Outcomes) -> Result<()> {
        report(outcomes)
            .serialize(&mut self.0)
            .context("cannot write the JUnit report")
    }
}

fn report(outcomes: &Outcomes) -> Report {
    let mut report = Report::new("tor-harness");
    for tests in outcomes
        .tests
        .chunk_by(|(a, x), (b, y)| (a, &x.suite) == (b, &y.suite))
    {
        let Some((target, first)) = tests.first() else {
            continue;
        };
        let mut suite = TestSuite::new(format!("{target}.{}", first.suite));
        suite.add_test_cases(tests.iter().map(|(_, test)| case(test)));
        report.add_test_suite(suite);
    }
    report
}

fn case(test: &TestFinished) -> TestCase {
    let mut status = match test.outcome {
        Outcome::Passed => TestCaseStatus::success(),
        Outcome::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Outcome::Skipped => TestCaseStatus::skipped(),
    };
    if let Some(message) = test.message.as_ref().or(test.reason.as_ref()) {
        status.set_message(message);
    }
    let mut case = TestCase::new(&test.name, status);
    case.set_time(Duration::from_secs_f64(test.seconds));
    let attachments = test
        .attachments
        .iter()
        .map(|it| format!("-- {} --\n{}\n", it.name, it.text));
    let attachments: String = attachments.collect();
    if !attachments.is_empty() {
        case.set_system_out(attachments);
    }
    case
}
