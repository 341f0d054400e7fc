//! What is wrong with a document.

use std::fmt::Write as _;

use tor_harness::archive::Found;
use tor_harness::netdoc::{Kind, ParseError};
use tor_harness::types::{Located, Place, Span};

use super::lines::Lines;
use super::run::Said;

/// What is wrong, and where in the whole text.
pub(super) struct Wrong {
    pub(super) place: Place,
    pub(super) problem: String,
}

/// All that is wrong with a document: one problem if its type is unknown.
pub(super) fn problems(found: &Found<'_>) -> Vec<Wrong> {
    let mut wrongs = Vec::new();
    visit(found, |place, problem, _, _| {
        let problem = problem.problem.to_string();
        wrongs.push(Wrong { place, problem });
    });
    wrongs
}

/// All that is wrong with a document, as `FILE:LINE:COLUMN: problem`, each with
/// its line drawn.
pub(super) fn list(found: &Found<'_>) -> Said {
    let mut text = String::new();
    visit(found, |place, located, line, line_start| {
        let Located { problem, span } = located;
        let (
            Place {
                line: number,
                column,
            },
            path,
        ) = (place, &found.place.path);
        let in_line = Located {
            problem: "",
            span: Span {
                start: span.start.saturating_sub(line_start),
                end: span.end.saturating_sub(line_start),
            },
        };
        let drawn = in_line.render(line);
        let drawn = drawn.split_once('\n').map_or("", |(_, drawn)| drawn);
        // A String takes all that is written.
        let _ = write!(text, "{path}:{number}:{column}: {problem}\n{drawn}");
    });
    Said {
        is_wrong: !text.is_empty(),
        text: text.into_bytes(),
    }
}

/// Calls `visit` for each problem: its place, itself, the line it is in and
/// where in the document that starts.
fn visit(found: &Found<'_>, mut visit: impl FnMut(Place, Located<String>, &[u8], usize)) {
    let document = found.document;
    let mut lines = Lines::new(document.as_bytes(), found.place.line);
    let mut problem = |problem: String, span: Span| {
        let place = lines.place(span);
        let (line, start) = lines.line();
        visit(place, Located { problem, span }, line, start);
    };
    match found.kind {
        Some(kind) => {
            for ParseError {
                problem: wrong,
                span,
            } in kind.check(&document)
            {
                problem(wrong.to_string(), span);
            }
        }
        None => {
            let mut items = document.items();
            let first = items.find(|item| !item.is_annotation());
            let span = first.map_or(Span { start: 0, end: 0 }, |item| {
                Span::of(item.line(), document.as_bytes())
            });
            let names: Vec<_> = Kind::all().map(Kind::name).collect();
            problem(
                format!("expected a document of a known type: {}", names.join(", ")),
                span,
            );
        }
    }
}
