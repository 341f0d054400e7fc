//! What the tests of the kinds share.

use alloc::string::String;
use alloc::vec::Vec;

use crate::rules::{ParseError, Rules};
use crate::structure::Document;

/// A recorded document.
pub(crate) fn recorded(path: &str) -> &'static [u8] {
    let fixture = tor_fixtures::find(path).unwrap_or_else(|| panic!("no fixture {path}"));
    fixture.bytes
}

/// A document that is written by the specification.
pub(crate) fn written(path: &str) -> Document<'static> {
    let document = tor_fixtures::find_written(path).unwrap_or_else(|| panic!("no {path}"));
    Document::new(document.bytes)
}

/// Expects exactly these problems, each as `LINE:COLUMN problem`, of a recorded
/// document in which `to` stands for the first `from`.
#[track_caller]
pub(crate) fn check(path: &str, rules: &Rules, from: &str, to: &str, expected: &[&str]) {
    let text = core::str::from_utf8(recorded(path)).expect("text");
    assert!(text.contains(from), "{path} has no {from:?}");
    let text = text.replacen(from, to, 1);
    assert_eq!(
        problems(rules, text.as_bytes()),
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
