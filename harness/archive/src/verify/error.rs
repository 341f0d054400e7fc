//! Why something cannot be evidence.

use std::sync::Arc;

use thiserror::Error;
use tor_harness_netdoc::Failure;
use tor_harness_types::Place;

use super::verdict::Lacking;
use crate::error::ArchiveError;
use crate::found::Found;

/// Why something cannot be evidence.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ArchiveError),
    /// A document in it does not hold; the first thing that is wrong.
    #[error("{path}:{}:{}: {failure}", .place.line, .place.column)]
    Fails {
        /// The file.
        path: Arc<str>,
        /// Where in its text.
        place: Place,
        /// What is wrong there.
        failure: Failure,
    },
    /// A document in it cannot be verified.
    #[error("{path}:{line}:1: {lacking}")]
    Lacks {
        /// The file.
        path: Arc<str>,
        /// The line that the document begins with.
        line: u64,
        /// What is lacking.
        lacking: Lacking,
    },
    /// There is nothing in it of what evidence is made.
    #[error("expected {0}, and there is none")]
    Nothing(&'static str),
}

impl EvidenceError {
    /// The first failure of a document, which has one.
    pub(super) fn fails(
        found: &Found<'_>,
        failures: &[tor_harness_netdoc::Unproved],
    ) -> Option<Self> {
        let first = failures.first()?;
        let mut place = first.span.place(found.document.as_bytes());
        place.line += usize::try_from(found.place.line - 1).unwrap_or(usize::MAX / 2);
        Some(Self::Fails {
            path: Arc::clone(&found.place.path),
            place,
            failure: first.problem,
        })
    }
}
