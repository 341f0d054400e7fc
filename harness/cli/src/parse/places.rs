//! What is wrong, with its places in the whole text.

use std::io::{self, Write};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use tor_harness::archive::Found;
use tor_harness::types::{Located, Place, Span};

use super::lines::{Lines, placed};
use crate::exit::escaped;

/// Writes each as `FILE:LINE:COLUMN: problem`, with its line drawn; they are in the order of
/// their places in the document.
pub(super) fn draw(
    found: &Found<'_>,
    all: impl Iterator<Item = Located<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = Lines::new(found.document.as_bytes(), found.place.line);
    let path = escaped(&found.place.path);
    for Located { problem, span } in all {
        let Place { line, column } = lines.place(span.start);
        let (around, start) = lines.around();
        let in_line = Located {
            problem: "",
            span: Span {
                start: span.start.saturating_sub(start),
                end: span.end.saturating_sub(start),
            },
        };
        let drawn = in_line.render(around);
        let drawn = drawn.split_once('\n').map_or("", |(_, drawn)| drawn);
        write!(out, "{path}:{line}:{column}: {problem}\n{drawn}")?;
    }
    Ok(())
}

/// These as JSON.
pub(super) fn listed<I>(found: &Found<'_>, all: impl Fn() -> I) -> impl Serialize
where
    I: Iterator<Item = Located<String>>,
{
    let bytes = found.document.as_bytes();
    placed(bytes, found.place.line, all, |lines, wrong| Wrong {
        place: lines.place(wrong.span.start),
        problem: wrong.problem,
    })
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
