//! What the tests of the kinds share.

use alloc::string::String;
use alloc::vec::Vec;

use crate::kinds::Kind;
use crate::rules::{ParseError, Rules};
use crate::structure::Document;

/// A document that is recorded, or written by the specification.
pub(crate) fn recorded(path: &str) -> &'static [u8] {
    let recorded = tor_fixtures::find(path).map(|fixture| fixture.bytes);
    let written = || tor_fixtures::find_written(path).map(|document| document.bytes);
    recorded
        .or_else(written)
        .unwrap_or_else(|| panic!("no fixture {path}"))
}

/// Expects exactly these problems, each as `LINE:COLUMN problem`, of a recorded
/// document in which `to` stands for the first `from`.
#[track_caller]
pub(crate) fn check(path: &str, rules: &Rules, from: &str, to: &str, expected: &[&str]) {
    check_bytes(recorded(path), rules, from, to, expected);
}

/// The same of a document that is no recording.
#[track_caller]
pub(crate) fn check_text(text: &str, rules: &Rules, from: &str, to: &str, expected: &[&str]) {
    check_bytes(text.as_bytes(), rules, from, to, expected);
}

#[track_caller]
fn check_bytes(bytes: &[u8], rules: &Rules, from: &str, to: &str, expected: &[&str]) {
    let mut places = 0..=bytes.len();
    let at = places.find(|at| bytes[*at..].starts_with(from.as_bytes()));
    let at = at.unwrap_or_else(|| panic!("the document has no {from:?}"));
    let bytes = [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat();
    assert_eq!(problems(rules, &bytes), expected, "{from:?} -> {to:?}");
}

/// The same by a kind, which need not have items.
#[track_caller]
pub(crate) fn check_kind(kind: Kind, text: &str, from: &str, to: &str, expected: &[&str]) {
    assert!(text.contains(from), "the document has no {from:?}");
    let text = text.replacen(from, to, 1);
    let found = kind.check(&Document::new(text.as_bytes()));
    assert_eq!(
        placed(&found, text.as_bytes()),
        expected,
        "{from:?} -> {to:?}"
    );
}

/// The problems of a document, each as `LINE:COLUMN problem`.
pub(crate) fn problems(rules: &Rules, bytes: &[u8]) -> Vec<String> {
    placed(&Document::new(bytes).check(rules), bytes)
}

/// Problems, each as `LINE:COLUMN problem`.
pub(crate) fn placed(problems: &[ParseError], bytes: &[u8]) -> Vec<String> {
    problems
        .iter()
        .map(|wrong| {
            let place = wrong.span.place(bytes);
            alloc::format!("{}:{} {}", place.line, place.column, wrong.problem)
        })
        .collect()
}
