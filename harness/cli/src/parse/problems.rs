//! What is wrong with a document.

use std::io::{self, Write};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use tor_harness::archive::Found;
use tor_harness::netdoc::{Kind, ParseError};
use tor_harness::types::{Located, Place, Span};

use super::lines;
use super::seq::Seq;

/// All that is wrong with a document.
pub(super) enum Wrongs {
    /// By the rules of its kind.
    Known(Vec<ParseError>),
    /// It is of no known type: where its first item is.
    Unknown(Span),
}

/// All that is wrong with a document.
pub(super) fn all(found: &Found<'_>) -> Wrongs {
    let document = found.document;
    match found.kind {
        Some(kind) => Wrongs::Known(kind.check(&document)),
        None => {
            let mut items = document.items();
            let first = items.find(|item| !item.is_annotation());
            Wrongs::Unknown(first.map_or(Span { start: 0, end: 0 }, |item| {
                Span::of(item.line(), document.as_bytes())
            }))
        }
    }
}

/// Writes all that is wrong with a document, as `FILE:LINE:COLUMN: problem`, each
/// with its line drawn; whether there is anything.
pub(super) fn list(found: &Found<'_>, out: &mut dyn Write) -> io::Result<bool> {
    let bytes = found.document.as_bytes();
    let mut lines = lines::lines(bytes, found.place.line);
    let wrongs = all(found);
    for Located { problem, span } in wrongs.each() {
        let Place { line, column } = lines.place(span.start);
        let drawn = lines.draw(span);
        let path = &found.place.path;
        write!(out, "{path}:{line}:{column}: {problem}\n{drawn}")?;
    }
    Ok(!wrongs.is_empty())
}

impl Wrongs {
    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Known(problems) if problems.is_empty())
    }

    /// As JSON: with the places in a text whose line of this number these bytes begin.
    pub(super) fn in_order(&self, bytes: &[u8], line: u64) -> impl Serialize {
        Seq(move || {
            let mut lines = lines::lines(bytes, line);
            self.each().map(move |wrong| Wrong {
                place: lines.place(wrong.span.start),
                problem: wrong.problem,
            })
        })
    }

    fn each(&self) -> impl Iterator<Item = Located<String>> {
        let (known, unknown) = match self {
            Self::Known(problems) => (&problems[..], None),
            Self::Unknown(span) => (&[][..], Some(*span)),
        };
        let known = known.iter().map(|wrong| Located {
            problem: wrong.problem.to_string(),
            span: wrong.span,
        });
        known.chain(unknown.map(|span| {
            let names: Vec<_> = Kind::all().map(Kind::name).collect();
            let problem = format!("expected a document of a known type: {}", names.join(", "));
            Located { problem, span }
        }))
    }
}

/// What is wrong, and where in the whole text.
struct Wrong {
    place: Place,
    problem: String,
}

impl Serialize for Wrong {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("line", &self.place.line)?;
        map.serialize_entry("column", &self.place.column)?;
        map.serialize_entry("problem", &self.problem)?;
        map.end()
    }
}
