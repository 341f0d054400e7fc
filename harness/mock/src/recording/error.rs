//! Texts that recordings cannot be played by.

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

/// A text that names no [`ReplayMode`](super::ReplayMode).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayModeError(pub(super) String);

impl fmt::Display for ReplayModeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected strict, connections or rules, got {:?}", self.0)
    }
}

impl std::error::Error for ReplayModeError {}
