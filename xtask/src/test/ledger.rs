//! Tests that got no outcome, because their suite crashed.

use std::collections::BTreeSet;

use tor_harness_runner::events::{Attachment, Event, Outcome, TestFinished};

/// Stands where a test has its name, if a suite failed but none of its tests did.
pub(crate) const WHOLE_SUITE: &str = "(suite)";

/// What one child still owes.
pub(crate) struct Ledger {
    suite: String,
    open: BTreeSet<String>,
    started: BTreeSet<String>,
    failures: usize,
    suite_finished: bool,
}

impl Ledger {
    pub(crate) fn new(suite: &str, tests: &[String]) -> Self {
        Self {
            suite: suite.to_owned(),
            open: tests.iter().cloned().collect(),
            started: BTreeSet::new(),
            failures: 0,
            suite_finished: false,
        }
    }

    pub(crate) fn enter(&mut self, event: &Event) {
        match event {
            Event::TestStarted(test) => {
                self.started.insert(test.name.clone());
            }
            Event::TestFinished(test) => {
                self.open.remove(&test.name);
                self.failures += usize::from(test.outcome == Outcome::Failed);
            }
            Event::SuiteFinished(_) => self.suite_finished = true,
            _ => {}
        }
    }

    /// Failures for what the child did not account for, once it is gone; none if all is in order.
    pub(crate) fn close(self, success: bool, status: &str, output: &str) -> Vec<TestFinished> {
        let unexplained = !success && self.failures == 0;
        if self.open.is_empty() && self.suite_finished && !unexplained {
            return Vec::new();
        }
        let (crashed, never_ran): (Vec<_>, Vec<_>) = self
            .open
            .into_iter()
            .partition(|name| self.started.contains(name));
        let mut failures: Vec<_> = crashed
            .into_iter()
            .map(|name| {
                (
                    name,
                    format!("was running when its suite crashed ({status})"),
                )
            })
            .collect();
        if failures.is_empty() {
            let message = format!("the suite itself ended wrongly ({status})");
            failures.push((WHOLE_SUITE.to_owned(), message));
        }
        let never_ran = never_ran.into_iter();
        failures.extend(
            never_ran.map(|name| (name, "did not run: its suite crashed before".to_owned())),
        );

        // Once is enough.
        let mut attachments = vec![Attachment {
            name: "output of the suite".to_owned(),
            text: output.to_owned(),
        }];
        failures
            .into_iter()
            .map(|(name, message)| TestFinished {
                message: Some(message),
                attachments: std::mem::take(&mut attachments),
                ..TestFinished::new(&self.suite, name, Outcome::Failed)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use tor_harness_runner::events::{SuiteFinished, TestStarted};

    use super::super::summary::tests::{failed, passed};
    use super::*;

    /// `+name` starts, `-name` passes, `!name` fails, `.` ends the suite.
    fn close(events: &[&str], success: bool) -> Vec<(String, String, usize)> {
        let mut ledger = Ledger::new("auth", &["a".to_owned(), "b".to_owned()]);
        for event in events {
            let (sign, name) = event.split_at(1);
            let (suite, name) = ("auth".to_owned(), name.to_owned());
            ledger.enter(&match sign {
                "+" => Event::TestStarted(TestStarted { suite, name }),
                "." => Event::SuiteFinished(SuiteFinished {
                    suite,
                    passed: 0,
                    failed: 0,
                    skipped: 0,
                    seconds: 0.0,
                }),
                "-" => Event::TestFinished(passed(&suite, &name, 0.0, 0.0)),
                _ => Event::TestFinished(failed(&suite, &name, 0.0, "no")),
            });
        }
        ledger
            .close(success, "signal: 6", "last words")
            .into_iter()
            .map(|test| (test.name, test.message.unwrap(), test.attachments.len()))
            .collect()
    }

    fn failure(name: &str, message: &str, attachments: usize) -> (String, String, usize) {
        (name.to_owned(), message.to_owned(), attachments)
    }

    #[test]
    fn a_suite_in_order_owes_nothing() {
        assert_eq!(close(&["+a", "-a", "-b", "."], true), []);
        assert_eq!(close(&["+a", "!a", "-b", "."], false), []);
    }

    #[test]
    fn a_crash_fails_what_ran_and_what_did_not() {
        assert_eq!(
            close(&["+a"], false),
            [
                failure("a", "was running when its suite crashed (signal: 6)", 1),
                failure("b", "did not run: its suite crashed before", 0),
            ]
        );
        let running = "was running when its suite crashed (signal: 6)";
        assert_eq!(
            close(&["+a", "+b"], false),
            [failure("a", running, 1), failure("b", running, 0)]
        );
        assert_eq!(
            close(&["+b", "-b"], false),
            [
                failure("(suite)", "the suite itself ended wrongly (signal: 6)", 1),
                failure("a", "did not run: its suite crashed before", 0),
            ]
        );
    }

    #[test]
    fn a_bad_end_after_good_tests_is_a_failure() {
        let wrongly = [failure(
            "(suite)",
            "the suite itself ended wrongly (signal: 6)",
            1,
        )];
        assert_eq!(close(&["-a", "-b"], true), wrongly);
        assert_eq!(close(&["-a", "-b", "."], false), wrongly);
    }
}
