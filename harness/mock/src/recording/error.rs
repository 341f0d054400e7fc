//! A text that is no recording.

use std::fmt;

/// A text that is no recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingError {
    /// The file, as it was named.
    pub(super) origin: String,
    /// The line, counted from 1.
    pub(super) line: usize,
    pub(super) expected: &'static str,
    pub(super) got: String,
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            origin,
            line,
            expected,
            got,
        } = self;
        write!(f, "{origin}:{line}: expected {expected}, got {got:?}")
    }
}

impl std::error::Error for RecordingError {}
