//! What is wrong with a script.

use std::fmt;

use super::place::Place;

/// What is wrong with a script, and where: `FILE:LINE:COLUMN: what`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// Where.
    pub place: Place,
    /// What is wrong, and what was expected.
    pub problem: String,
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for ScriptError {}

/// What makes an error of a problem that is there.
pub(super) fn error_at<P: ToString>(place: Place) -> impl FnOnce(P) -> ScriptError {
    move |problem| ScriptError {
        place,
        problem: problem.to_string(),
    }
}
