//! What a book has that the fixtures do not, or have otherwise.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use tor_harness::fixtures::Fixture;

use crate::book::{Book, Recording};
use crate::normalize::comparable;

/// How many lines of a file are shown on each side.
const LINES: usize = 5;

/// The differences, each as a text of one line or more.
pub(crate) fn differences(book: &Book) -> Vec<String> {
    compare(book, difference)
}

/// The differences of names and kinds, each as a line.
pub(crate) fn names_and_kinds(book: &Book) -> Vec<String> {
    compare(book, |fixture, recording| {
        let (old, new) = (fixture.kind, recording.kind);
        (old != new).then(|| format!("was {old:?}, is {new:?}: {}", fixture.path))
    })
}

fn compare(
    book: &Book,
    difference: impl Fn(&Fixture, &Recording) -> Option<String>,
) -> Vec<String> {
    let recordings = book.recordings();
    let missing = tor_harness::fixtures::all()
        .iter()
        .filter(|fixture| fixture.made_with == book.made_with())
        .filter(|fixture| !recordings.contains_key(fixture.path))
        .map(|fixture| format!("gone: {}", fixture.path));
    let others = recordings.iter().filter_map(
        |(path, recording)| match tor_harness::fixtures::find(path) {
            None => Some(format!("new: {path}")),
            Some(fixture) => difference(fixture, recording),
        },
    );
    missing.chain(others).collect()
}

fn difference(fixture: &Fixture, recording: &Recording) -> Option<String> {
    let path = fixture.path;
    let asked = (fixture.kind, fixture.setup) == (recording.kind, recording.setup)
        && comparable(path, fixture.command.as_bytes())
            == comparable(path, recording.command.as_bytes());
    if !asked {
        return Some(format!("made otherwise: {path}"));
    }
    let old = comparable(path, fixture.bytes);
    let new = comparable(path, &recording.bytes);
    (old != new).then(|| {
        let (removed, added) = (only_in(&old, &new), only_in(&new, &old));
        let mut out = format!("changed: {path}");
        for (sign, lines) in [('-', removed), ('+', added)] {
            for line in lines.iter().take(LINES) {
                let _ = write!(out, "\n  {sign} {line}");
            }
            if lines.len() > LINES {
                let _ = write!(out, "\n  {sign} ... {} lines more", lines.len() - LINES);
            }
        }
        out
    })
}

/// The lines that one text has and the other has not.
fn only_in(one: &[u8], other: &[u8]) -> Vec<String> {
    let others: BTreeSet<_> = other.split(|byte| *byte == b'\n').collect();
    one.split(|byte| *byte == b'\n')
        .filter(|line| !others.contains(line))
        .map(|line| line.escape_ascii().to_string())
        .collect()
}
