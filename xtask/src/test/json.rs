//! Results as JSON lines.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use serde::Serialize;
use tor_harness_runner::events::{Outcome, TestFinished};

use super::target::Target;
use crate::error::Usage;

/// A file with one object a line, written as tests finish.
pub(crate) struct JsonLines(File);

#[derive(Serialize)]
struct Line<'t> {
    r#type: &'static str,
    target: &'static str,
    suite: &'t str,
    name: &'t str,
    outcome: Outcome,
    seconds: f64,
    setup_seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'t str>,
}

impl JsonLines {
    /// Starts the file.
    ///
    /// # Errors
    /// [`Usage`] when it cannot be written.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        match File::create(path) {
            Ok(file) => Ok(Self(file)),
            Err(error) => {
                Err(Usage(format!("--json: cannot write {}: {error}", path.display())).into())
            }
        }
    }

    /// A test has finished.
    pub(crate) fn test(&mut self, target: Target, test: &TestFinished) -> io::Result<()> {
        self.0.write_all(line(target, test).as_bytes())
    }
}

fn line(target: Target, test: &TestFinished) -> String {
    let line = Line {
        r#type: "test",
        target: target.name(),
        suite: &test.suite,
        name: &test.name,
        outcome: test.outcome,
        seconds: test.seconds,
        setup_seconds: test.setup_seconds,
        reason: test.reason.as_deref(),
        message: test.message.as_deref(),
    };
    let mut text = serde_json::to_string(&line).expect("strings and numbers always serialize");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::super::summary::tests::{failed, passed, skipped};
    use super::*;

    #[test]
    fn one_object_a_test() {
        for (test, expected) in [
            (
                passed("auth", "cookie", 0.0123, 0.013),
                r#"{"type":"test","target":"mock","suite":"auth","name":"cookie","outcome":"passed","seconds":0.0123,"setup_seconds":0.013}"#,
            ),
            (
                failed("auth", "cookie", 0.5, "two\nlines"),
                r#"{"type":"test","target":"mock","suite":"auth","name":"cookie","outcome":"failed","seconds":0.5,"setup_seconds":0.0,"message":"two\nlines"}"#,
            ),
            (
                skipped("auth", "cookie", "no tor on PATH"),
                r#"{"type":"test","target":"mock","suite":"auth","name":"cookie","outcome":"skipped","seconds":0.0,"setup_seconds":0.0,"reason":"no tor on PATH"}"#,
            ),
        ] {
            assert_eq!(line(Target::Mock, &test), format!("{expected}\n"));
        }
    }
}
