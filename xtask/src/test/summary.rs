//! What is shown after all tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use tor_harness_runner::events::{Outcome, TestFinished};

use super::outcome::Outcomes;
use super::style::{Style, display_time};
use super::target::Target;

/// How much of an attachment is shown, in lines: its end, which is what came last.
const ATTACHMENT_LINES: usize = 60;

/// The failures once more with all that is known of them, what drifted, and the slowest tests.
pub(crate) fn summary(outcomes: &Outcomes, slowest: usize, style: Style) -> String {
    let mut text = String::new();
    failures(&mut text, outcomes, style);
    drift(&mut text, outcomes, style);
    slow(&mut text, outcomes, slowest, style);
    text
}

fn failures(text: &mut String, outcomes: &Outcomes, style: Style) {
    for (index, (target, test)) in outcomes.failures().enumerate() {
        if index == 0 {
            let _ = writeln!(text, "\n{}", style.heading("failures"));
        }
        let name = format!("{target}  {}::{}", test.suite, test.name);
        let _ = writeln!(text, "\n{}", style.bad(&name));
        indented(
            text,
            test.message.as_deref().unwrap_or("no message"),
            usize::MAX,
        );
        for attachment in &test.attachments {
            let _ = writeln!(text, "    -- {} --", attachment.name);
            indented(text, &attachment.text, ATTACHMENT_LINES);
        }
    }
}

fn drift(text: &mut String, outcomes: &Outcomes, style: Style) {
    let mut drifts: BTreeMap<&str, BTreeSet<Target>> = BTreeMap::new();
    for (target, note) in outcomes
        .notes
        .iter()
        .filter(|(_, note)| note.kind == "drift")
    {
        drifts.entry(&note.text).or_default().insert(*target);
    }
    if !drifts.is_empty() {
        let _ = writeln!(
            text,
            "\n{}",
            style.heading("drift (what tor has and we do not know yet; no failure)")
        );
    }
    for (drift, targets) in drifts {
        let targets: Vec<_> = targets.iter().map(|target| target.name()).collect();
        let _ = writeln!(text, "    {drift} ({})", targets.join(", "));
    }
}

fn slow(text: &mut String, outcomes: &Outcomes, slowest: usize, style: Style) {
    // What crashed, or was skipped before it began, has no time.
    let timed = |(_, test): &&(Target, TestFinished)| {
        test.outcome != Outcome::Skipped && test.seconds > 0.0
    };
    let mut tests: Vec<_> = outcomes.tests.iter().filter(timed).collect();
    tests.sort_by(|(_, a), (_, b)| b.seconds.total_cmp(&a.seconds));
    tests.truncate(slowest);
    if !tests.is_empty() {
        let _ = writeln!(text, "\n{}", style.heading("slowest"));
    }
    for (target, test) in tests {
        let _ = writeln!(
            text,
            "    {:>8}  {target}  {}::{}",
            display_time(test.seconds),
            test.suite,
            test.name
        );
    }
}

/// The last lines of a text, moved in.
fn indented(text: &mut String, inner: &str, limit: usize) {
    let lines: Vec<_> = inner.lines().collect();
    let left_out = lines.len().saturating_sub(limit);
    if left_out > 0 {
        let _ = writeln!(text, "    ({left_out} lines before)");
    }
    for line in lines.into_iter().skip(left_out) {
        let _ = writeln!(text, "    {line}");
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use tor_harness_runner::events::{Attachment, Note};

    use super::*;

    pub(crate) fn passed(
        suite: &str,
        name: &str,
        seconds: f64,
        setup_seconds: f64,
    ) -> TestFinished {
        TestFinished {
            seconds,
            setup_seconds,
            ..TestFinished::new(suite, name, Outcome::Passed)
        }
    }

    pub(crate) fn failed(suite: &str, name: &str, seconds: f64, message: &str) -> TestFinished {
        TestFinished {
            seconds,
            message: Some(message.to_owned()),
            ..TestFinished::new(suite, name, Outcome::Failed)
        }
    }

    pub(crate) fn skipped(suite: &str, name: &str, reason: &str) -> TestFinished {
        TestFinished {
            reason: Some(reason.to_owned()),
            ..TestFinished::new(suite, name, Outcome::Skipped)
        }
    }

    fn note(kind: &str, text: &str) -> Note {
        Note {
            suite: "events".to_owned(),
            name: "names".to_owned(),
            kind: kind.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_run_is_summed_up() {
        let mut failure = failed("auth", "password", 0.5, "expected 250\nat auth.rs:7:5");
        failure.attachments = [
            ("transcript", ">> QUIT\n<< 551 no\n".to_owned()),
            ("log", "line\n".repeat(62)),
        ]
        .map(|(name, text)| Attachment {
            name: name.to_owned(),
            text,
        })
        .into();
        let outcomes = Outcomes {
            tests: vec![
                (Target::Mock, passed("auth", "cookie", 0.0123, 9.0)),
                (Target::Open, failure),
                (Target::Open, passed("events", "bw", 1.5, 0.0)),
                (Target::Open, skipped("events", "circ", "needs tor 0.5")),
            ],
            notes: vec![
                (Target::Open, note("drift", "event NEW")),
                (Target::Mock, note("drift", "event NEW")),
                (Target::Open, note("drift", "event NEW")),
                (Target::Open, note("drift", "key info/new")),
                (Target::Open, note("remark", "unheard")),
            ],
        };
        let log = "    line\n".repeat(60);
        assert_eq!(
            summary(&outcomes, 2, Style::PLAIN),
            format!(
                "
failures

open  auth::password
    expected 250
    at auth.rs:7:5
    -- transcript --
    >> QUIT
    << 551 no
    -- log --
    (2 lines before)
{log}
drift (what tor has and we do not know yet; no failure)
    event NEW (mock, open)
    key info/new (open)

slowest
      1.50 s  open  events::bw
      500 ms  open  auth::password
"
            )
        );
    }

    #[test]
    fn a_quiet_run_has_nothing_to_sum_up() {
        assert_eq!(summary(&Outcomes::default(), 5, Style::PLAIN), "");
    }
}
