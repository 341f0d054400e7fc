//! What happens in a suite, as JSON lines.
//!
//! A suite appends one line for each event to the file named by
//! [`env::EVENTS`](crate::env::EVENTS), each with a single write, so several processes can share a
//! file. A test that started and never finished has crashed: nobody is left to write that down, the
//! reader concludes it.
//!
//! ```json
//! {"v":1,"type":"test-finished","suite":"auth","name":"cookie","outcome":"passed","seconds":0.0123,"setup_seconds":0.013}
//! ```

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The version of the format, `v` in each line. New types of events and new fields do not change
/// it.
pub const VERSION: u32 = 1;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Event {
    /// A suite begins.
    SuiteStarted(SuiteStarted),
    /// A test begins; one that is skipped before it begins has only its end.
    TestStarted(TestStarted),
    /// A test has an outcome.
    TestFinished(TestFinished),
    /// A test has something to say.
    Note(Note),
    /// A suite is through with all of its tests.
    SuiteFinished(SuiteFinished),
    /// A type of event that this version does not know.
    #[serde(other)]
    Unknown,
}

/// A suite begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuiteStarted {
    /// The suite's name.
    pub suite: String,
    /// How many tests are left after filtering, those that will be skipped included.
    pub tests: usize,
}

/// A test begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestStarted {
    /// The suite's name.
    pub suite: String,
    /// The test's name.
    pub name: String,
}

/// A test has an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestFinished {
    /// The suite's name.
    pub suite: String,
    /// The test's name.
    pub name: String,
    /// How it ended.
    pub outcome: Outcome,
    /// How long the body took, in seconds, its set-up not counted.
    pub seconds: f64,
    /// How long the set-up took, in seconds.
    pub setup_seconds: f64,
    /// Why it was skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What was attached to the failure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl TestFinished {
    /// The event of a test that took no time, without a word on why it ended so.
    #[must_use]
    pub fn new(suite: impl Into<String>, name: impl Into<String>, outcome: Outcome) -> Self {
        Self {
            suite: suite.into(),
            name: name.into(),
            outcome,
            seconds: 0.0,
            setup_seconds: 0.0,
            reason: None,
            message: None,
            attachments: Vec::new(),
        }
    }
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It did what it should.
    Passed,
    /// It did not; `message` says why.
    Failed,
    /// It could not run here; `reason` says why.
    Skipped,
}

/// A text that explains a failure: a log, a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What it is.
    pub name: String,
    /// The text itself.
    pub text: String,
}

/// A test has something to say that is not its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The suite's name.
    pub suite: String,
    /// The test's name.
    pub name: String,
    /// What sort of note it is, such as `drift`.
    pub kind: String,
    /// The note.
    pub text: String,
}

/// A suite is through with all of its tests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SuiteFinished {
    /// The suite's name.
    pub suite: String,
    /// How many tests passed.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
    /// How many were skipped.
    pub skipped: u64,
    /// How long it all took by the clock on the wall, in seconds.
    pub seconds: f64,
}

/// A line that is not an event.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// The line is no JSON object of the documented form.
    #[error("not an event ({source}): {line}")]
    Malformed {
        /// The line.
        line: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A later version of the format.
    #[error(
        "event format version {got}, but this program reads version {VERSION}: build both from the same source"
    )]
    Version {
        /// The version the line gives.
        got: u32,
    },
}

impl Event {
    /// The event as a line, with its newline.
    #[must_use]
    pub fn to_line(&self) -> String {
        #[derive(Serialize)]
        struct Versioned<'e> {
            v: u32,
            #[serde(flatten)]
            event: &'e Event,
        }
        let versioned = Versioned {
            v: VERSION,
            event: self,
        };
        let mut line =
            serde_json::to_string(&versioned).expect("strings and numbers always serialize");
        line.push('\n');
        line
    }

    /// Reads one line; types of events and fields that are not known yet are tolerated.
    ///
    /// # Errors
    /// When the line is not an event, or one of another version of the format.
    pub fn from_line(line: &str) -> Result<Self, EventError> {
        #[derive(Deserialize)]
        struct Version {
            v: u32,
        }
        let malformed = |source| EventError::Malformed {
            line: line.trim_end().to_owned(),
            source,
        };
        match serde_json::from_str(line).map_err(malformed)? {
            Version { v: VERSION } => serde_json::from_str(line).map_err(malformed),
            Version { v: got } => Err(EventError::Version { got }),
        }
    }
}

/// Seconds as the events give them: to the microsecond, which is as fine as a test is timed.
pub(crate) fn seconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(outcome: Outcome) -> TestFinished {
        TestFinished {
            seconds: seconds(Duration::from_nanos(12_345_678)),
            ..TestFinished::new("auth", "cookie", outcome)
        }
    }

    #[test]
    fn lines_come_back_as_they_went() {
        let events = [
            (
                Event::SuiteStarted(SuiteStarted {
                    suite: "auth".to_owned(),
                    tests: 2,
                }),
                r#"{"v":1,"type":"suite-started","suite":"auth","tests":2}"#,
            ),
            (
                Event::TestStarted(TestStarted {
                    suite: "auth".to_owned(),
                    name: "cookie".to_owned(),
                }),
                r#"{"v":1,"type":"test-started","suite":"auth","name":"cookie"}"#,
            ),
            (
                Event::TestFinished(finished(Outcome::Passed)),
                r#"{"v":1,"type":"test-finished","suite":"auth","name":"cookie","outcome":"passed","seconds":0.012345,"setup_seconds":0.0}"#,
            ),
            (
                Event::TestFinished(TestFinished {
                    message: Some("two\nlines".to_owned()),
                    attachments: vec![Attachment {
                        name: "log".to_owned(),
                        text: "a \"quoted\" word".to_owned(),
                    }],
                    ..finished(Outcome::Failed)
                }),
                r#"{"v":1,"type":"test-finished","suite":"auth","name":"cookie","outcome":"failed","seconds":0.012345,"setup_seconds":0.0,"message":"two\nlines","attachments":[{"name":"log","text":"a \"quoted\" word"}]}"#,
            ),
            (
                Event::Note(Note {
                    suite: "auth".to_owned(),
                    name: "cookie".to_owned(),
                    kind: "drift".to_owned(),
                    text: "unknown event NEW".to_owned(),
                }),
                r#"{"v":1,"type":"note","suite":"auth","name":"cookie","kind":"drift","text":"unknown event NEW"}"#,
            ),
            (
                Event::SuiteFinished(SuiteFinished {
                    suite: "auth".to_owned(),
                    passed: 1,
                    failed: 2,
                    skipped: 3,
                    seconds: 0.5,
                }),
                r#"{"v":1,"type":"suite-finished","suite":"auth","passed":1,"failed":2,"skipped":3,"seconds":0.5}"#,
            ),
        ];
        for (event, line) in events {
            assert_eq!(event.to_line(), format!("{line}\n"));
            assert_eq!(Event::from_line(line).unwrap(), event);
        }
    }

    #[test]
    fn the_unknown_is_tolerated_but_not_the_wrong() {
        let later = r#"{"v":1,"type":"test-retried","suite":"auth","attempt":2}"#;
        assert_eq!(Event::from_line(later).unwrap(), Event::Unknown);
        let more = r#"{"v":1,"type":"test-started","suite":"auth","name":"cookie","thread":3}"#;
        assert!(matches!(
            Event::from_line(more).unwrap(),
            Event::TestStarted(_)
        ));

        for (line, error) in [
            (r#"{"v":2,"type":"test-started"}"#, "event format version 2"),
            (r#"{"v":1,"type":"test-started"}"#, "missing field `suite`"),
            (r#"{"type":"test-started"}"#, "missing field `v`"),
            (r#"{"v":1,"type":"te"#, "EOF"),
        ] {
            let got = Event::from_line(line).unwrap_err().to_string();
            assert!(got.contains(error), "{line}: {got}");
        }
    }
}
