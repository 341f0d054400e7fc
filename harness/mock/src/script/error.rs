//! What is wrong with a script.

use std::fmt;

use super::place::Place;

/// What is wrong with a script, and where: `FILE:LINE:COLUMN: what`. Where the
/// script is TOML, the line follows, and marks below it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScriptError {
    /// Where.
    pub place: Place,
    /// What is wrong, and what was expected.
    pub problem: String,
    /// The line, and what points at it.
    excerpt: Option<String>,
}

impl ScriptError {
    /// The same error, which shows where it is.
    pub(super) fn with_excerpt(self, excerpt: String) -> Self {
        Self {
            excerpt: Some(excerpt),
            ..self
        }
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)?;
        match &self.excerpt {
            Some(excerpt) => write!(f, "\n{excerpt}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ScriptError {}

/// What makes an error of a problem that is there.
pub(super) fn error_at<P: ToString>(place: Place) -> impl FnOnce(P) -> ScriptError {
    move |problem| ScriptError {
        place,
        problem: problem.to_string(),
        excerpt: None,
    }
}
