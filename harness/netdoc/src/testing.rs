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
    replaced(recorded(path), from, to, expected, |document| {
        rules.check(document)
    });
}

/// The same of a document that is no recording.
#[track_caller]
pub(crate) fn check_text(text: &str, rules: &Rules, from: &str, to: &str, expected: &[&str]) {
    replaced(text.as_bytes(), from, to, expected, |document| {
        rules.check(document)
    });
}

/// The same by a kind, which need not have items.
#[track_caller]
pub(crate) fn check_kind(kind: Kind, text: &str, from: &str, to: &str, expected: &[&str]) {
    replaced(text.as_bytes(), from, to, expected, |document| {
        kind.check(document)
    });
}

/// The same of a recorded document by the kind that its folder names.
#[track_caller]
pub(crate) fn check_path(path: &str, from: &str, to: &str, expected: &[&str]) {
    let kind = kind_of(path).unwrap_or_else(|| panic!("{path} names no kind"));
    replaced(recorded(path), from, to, expected, |document| {
        kind.check(document)
    });
}

#[track_caller]
fn replaced(
    bytes: &[u8],
    from: &str,
    to: &str,
    expected: &[&str],
    check: impl Fn(&Document<'_>) -> Vec<ParseError>,
) {
    let mut places = 0..=bytes.len();
    let at = places.find(|at| bytes[*at..].starts_with(from.as_bytes()));
    let at = at.unwrap_or_else(|| panic!("the document has no {from:?}"));
    let bytes = [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat();
    let found = placed(&check(&Document::new(&bytes)), &bytes);
    assert_eq!(found, expected, "{from:?} -> {to:?}");
}

/// The problems of a document, each as `LINE:COLUMN problem`.
pub(crate) fn problems(rules: &Rules, bytes: &[u8]) -> Vec<String> {
    placed(&rules.check(&Document::new(bytes)), bytes)
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

/// The kind in a path such as `netdoc/key-certificate/tor-0.2.0`.
pub(crate) fn kind_of(path: &str) -> Option<Kind> {
    path.split('/').nth(1)?.parse().ok()
}

/// The good documents that are recorded or written, by the kinds of their folders.
pub(crate) fn good_documents() -> impl Iterator<Item = (&'static str, Kind, Document<'static>)> {
    documents().filter(|(path, ..)| !is_bad(path))
}

/// The bad ones.
pub(crate) fn bad_documents() -> impl Iterator<Item = (&'static str, Kind, Document<'static>)> {
    documents().filter(|(path, ..)| is_bad(path))
}

fn documents() -> impl Iterator<Item = (&'static str, Kind, Document<'static>)> {
    let recorded = tor_fixtures::all().iter().map(|one| (one.path, one.bytes));
    let written = tor_fixtures::written().iter();
    let written = written.map(|one| (one.path, one.bytes));
    let all = recorded.chain(written);
    all.filter(|(path, _)| path.starts_with("netdoc/"))
        .map(|(path, bytes)| {
            let kind = kind_of(path).unwrap_or_else(|| panic!("{path} names no kind"));
            (path, kind, Document::new(bytes))
        })
}

fn is_bad(path: &str) -> bool {
    path.contains("/bad/")
}
