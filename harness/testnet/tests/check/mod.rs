//! Whether a document is right.

use tor_harness_netdoc::{Document, Kind};

/// Shows all problems of a document by the rules and laws of its kind.
#[track_caller]
pub(crate) fn check(kind: Kind, bytes: &[u8]) {
    let problems = kind.check(&Document::new(bytes));
    let said: Vec<_> = problems.iter().map(|wrong| wrong.render(bytes)).collect();
    assert!(said.is_empty(), "{kind}: {}", said.concat());
}
