//! What is shown while tests finish.

use std::io::{self, Write};

use tor_harness_runner::events::{Outcome, TestFinished};

use super::outcome::Counts;
use super::plan::Job;
use super::style::{Style, display_time};
use super::target::Target;
use super::tor::Tor;

/// Names longer than this push their columns aside.
const WIDEST: usize = 72;

/// Writes lines as tests finish: one for each test, or one for each suite.
pub(crate) struct Report<W> {
    out: W,
    style: Style,
    verbose: bool,
    columns: Columns,
    /// The suites of this target, as long as all their tests were skipped for the same reason.
    held: Option<Held>,
}

/// How wide the columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Columns {
    target: usize,
    name: usize,
}

struct Held {
    target: Target,
    reason: String,
    tests: usize,
    lines: String,
}

impl Columns {
    /// Wide enough for all of these jobs.
    pub(crate) fn new(jobs: &[Job<'_>], verbose: bool) -> Self {
        let names = jobs.iter().flat_map(|job| {
            let suite = job.suite.name.len();
            let tests = job
                .tests
                .iter()
                .filter(|_| verbose)
                .map(move |name| suite + 2 + name.len());
            std::iter::once(suite).chain(tests)
        });
        Self {
            target: jobs
                .iter()
                .map(|job| job.target.name().len())
                .max()
                .unwrap_or(0),
            name: names.max().unwrap_or(0).min(WIDEST),
        }
    }
}

impl<W: Write> Report<W> {
    pub(crate) fn new(out: W, style: Style, verbose: bool, columns: Columns) -> Self {
        Self {
            out,
            style,
            verbose,
            columns,
            held: None,
        }
    }

    /// A test has finished.
    pub(crate) fn test(&mut self, target: Target, test: &TestFinished) -> io::Result<()> {
        if !self.verbose {
            return Ok(());
        }
        let name = format!("{}::{}", test.suite, test.name);
        let dots = ".".repeat(self.columns.name.saturating_sub(name.len()) + 3);
        let width = self.columns.target;
        write!(self.out, "{target:width$}  {name} {dots} ")?;
        let time = format!("{:>8}", display_time(test.seconds));
        match test.outcome {
            Outcome::Skipped => {
                let reason = test.reason.as_deref().unwrap_or("no reason given");
                write!(
                    self.out,
                    "{}",
                    self.style.skipped(&format!("skipped: {reason}"))
                )?;
            }
            Outcome::Passed => write!(self.out, "{}{}", self.style.good(&time), setup(test))?,
            Outcome::Failed => write!(
                self.out,
                "{}{}  {}",
                time,
                setup(test),
                self.style.bad("FAILED")
            )?,
        }
        writeln!(self.out)
    }

    /// A suite has finished on a target, `seconds` by the clock on the wall.
    pub(crate) fn suite(
        &mut self,
        target: Target,
        suite: &str,
        tests: &[TestFinished],
        seconds: f64,
    ) -> io::Result<()> {
        if self.verbose {
            return Ok(());
        }
        let counts = Counts::of(tests);
        let Columns {
            target: target_width,
            name: width,
        } = self.columns;
        let text = format!("{:<38}", counts.to_string());
        let text = match counts {
            Counts { failed: 1.., .. } => self.style.bad(&text),
            Counts { skipped: 1.., .. } => self.style.skipped(&text),
            _ => self.style.good(&text),
        };
        let line = format!(
            "{target:target_width$}  {suite:width$}  {text} {:>8}\n",
            display_time(seconds)
        );

        if self.held.as_ref().is_some_and(|held| held.target != target) {
            self.finish()?;
        }
        match (shared_reason(tests), &mut self.held) {
            (Some(reason), Some(held)) if held.reason == reason => {
                held.tests += tests.len();
                held.lines.push_str(&line);
                Ok(())
            }
            (Some(reason), held @ None) => {
                *held = Some(Held {
                    target,
                    reason: reason.to_owned(),
                    tests: tests.len(),
                    lines: line,
                });
                Ok(())
            }
            _ => {
                // The target is a mixed one, so nothing of it is collapsed.
                let before = self.held.take().map(|held| held.lines).unwrap_or_default();
                write!(self.out, "{before}{line}")
            }
        }
    }

    /// All suites have finished.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        let Some(held) = self.held.take() else {
            return Ok(());
        };
        let text = format!("SKIPPED, all {} tests: {}", held.tests, held.reason);
        let width = self.columns.target;
        writeln!(
            self.out,
            "{:width$}  {}",
            held.target,
            self.style.skipped(&text)
        )
    }
}

/// What is tested, before the tests.
pub(crate) fn header(tor: Option<&Tor>, skipped: &[Target], opt_level: &str) -> String {
    let tor = match tor {
        Some(Tor { path, version }) => format!("{version}, {}", path.display()),
        None if skipped.is_empty() => "no tor".to_owned(),
        None => {
            let names: Vec<_> = skipped.iter().map(|target| target.name()).collect();
            format!(
                "no tor: the targets {} are skipped (apt-get install tor)",
                names.join(", ")
            )
        }
    };
    format!(
        "tor-harness  {}\ntor          {tor}\nplatform     {} {}\nprofile      test, opt-level {opt_level}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}

fn setup(test: &TestFinished) -> String {
    if test.setup_seconds > 0.0 {
        format!(" (+{} set-up)", display_time(test.setup_seconds))
    } else {
        String::new()
    }
}

/// The reason for which every one of these tests was skipped.
fn shared_reason(tests: &[TestFinished]) -> Option<&str> {
    let first = tests.first()?.reason.as_deref()?;
    tests
        .iter()
        .all(|test| test.reason.as_deref() == Some(first))
        .then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::summary::tests::{failed, passed, skipped};
    use super::*;

    fn report(verbose: bool, jobs: &[(Target, &[TestFinished])]) -> String {
        let columns = Columns {
            target: 6,
            name: 20,
        };
        let mut out = Vec::new();
        let mut report = Report::new(&mut out, Style::PLAIN, verbose, columns);
        for (target, tests) in jobs {
            for test in *tests {
                report.test(*target, test).unwrap();
            }
            report.suite(*target, &tests[0].suite, tests, 0.25).unwrap();
        }
        report.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_line_a_test() {
        let tests = [
            passed("auth", "cookie", 0.0123, 0.013),
            passed("auth", "a_name_that_is_far_too_long", 1.5, 0.0),
            failed("auth", "password", 0.999, "no"),
            skipped("auth", "safecookie", "needs tor 0.5"),
        ];
        assert_eq!(
            report(true, &[(Target::Mock, &tests)]),
            "\
mock    auth::cookie ...........    12 ms (+13 ms set-up)
mock    auth::a_name_that_is_far_too_long ...   1.50 s
mock    auth::password .........   999 ms  FAILED
mock    auth::safecookie ....... skipped: needs tor 0.5
"
        );
    }

    #[test]
    fn one_line_a_suite() {
        let good = [passed("auth", "cookie", 0.0123, 0.013)];
        let bad = [
            failed("events", "bw", 0.5, "no"),
            skipped("events", "circ", "needs tor 0.5"),
        ];
        assert_eq!(
            report(false, &[(Target::Mock, &good), (Target::Mock, &bad)]),
            "\
mock    auth                  1 passed, 0 failed, 0 skipped            250 ms
mock    events                0 passed, 1 failed, 1 skipped            250 ms
"
        );
    }

    #[test]
    fn a_target_skipped_for_one_reason_is_one_line() {
        let good = [passed("auth", "cookie", 0.0123, 0.013)];
        let one = [
            skipped("auth", "a", "no tor on PATH"),
            skipped("auth", "b", "no tor on PATH"),
        ];
        let two = [skipped("events", "c", "no tor on PATH")];
        let other = [skipped("events", "d", "needs tor 0.5")];
        let line = |target: &str, suite: &str, counts: &str| {
            format!("{target:6}  {suite:20}  {counts:38}   250 ms\n")
        };
        for (jobs, expected) in [
            (
                vec![(Target::Open, &one[..]), (Target::Open, &two), (Target::Socket, &one)],
                "open    SKIPPED, all 3 tests: no tor on PATH\nsocket  SKIPPED, all 2 tests: no tor on PATH\n".to_owned(),
            ),
            (
                vec![(Target::Open, &one), (Target::Open, &other)],
                line("open", "auth", "0 passed, 0 failed, 2 skipped")
                    + &line("open", "events", "0 passed, 0 failed, 1 skipped"),
            ),
            (
                vec![(Target::Open, &one), (Target::Open, &good)],
                line("open", "auth", "0 passed, 0 failed, 2 skipped")
                    + &line("open", "auth", "1 passed, 0 failed, 0 skipped"),
            ),
        ] {
            assert_eq!(report(false, &jobs), expected);
        }
    }

    #[test]
    fn the_header_says_what_is_tested() {
        let tor = Tor {
            path: "/usr/bin/tor".into(),
            version: "0.4.9.11".to_owned(),
        };
        let with = header(Some(&tor), &[], "0");
        assert!(
            with.contains("\ntor          0.4.9.11, /usr/bin/tor\n"),
            "{with}"
        );
        assert!(
            with.ends_with("\nprofile      test, opt-level 0\n"),
            "{with}"
        );
        let without = header(None, &[Target::Open, Target::Socket], "0");
        let expected =
            "\ntor          no tor: the targets open, socket are skipped (apt-get install tor)\n";
        assert!(without.contains(expected), "{without}");
    }
}
