//! Positions in a text, with what is wrong there.

use alloc::string::String;
use core::fmt;
use core::ops::Range;

/// A stretch of a text, in bytes from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The stretch that `part` covers of `whole`.
    ///
    /// Nothing unsafe happens here: the addresses are only compared. A `part`
    /// that lies elsewhere gives the whole.
    #[must_use]
    pub fn of(part: &[u8], whole: &[u8]) -> Self {
        let offset = (part.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
        if offset <= whole.len() && part.len() <= whole.len() - offset {
            Self {
                start: offset,
                end: offset + part.len(),
            }
        } else {
            Self {
                start: 0,
                end: whole.len(),
            }
        }
    }

    /// Where it starts: the line and the column in it.
    #[must_use]
    pub fn place(self, source: &[u8]) -> Place {
        let before = &source[..self.start.min(source.len())];
        let line_start = before
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(0, |at| at + 1);
        Place {
            line: 1 + before.iter().filter(|&&b| b == b'\n').count(),
            column: 1 + before.len() - line_start,
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self {
            start: range.start,
            end: range.end,
        }
    }
}

/// How much of a line is drawn before, at and behind a place, in bytes each.
const AROUND: usize = 80;

/// A line and a column of a text, both counted from 1; columns are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in bytes.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} column {}", self.line, self.column)
    }
}

/// What is wrong (`P`, a small `Copy` enum) and where.
///
/// ```
/// use tor_harness_types::{Located, Span};
///
/// let wrong = Located { problem: "expected a number", span: Span { start: 10, end: 13 } };
/// assert_eq!(wrong.render(b"published abc\n"), "\
/// line 1 column 11: expected a number
///   published abc
///             ^^^
/// ");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Located<P> {
    /// What is wrong.
    pub problem: P,
    /// Where.
    pub span: Span,
}

impl<P: fmt::Display> Located<P> {
    /// The problem with its line, its column, and the line drawn with a caret.
    ///
    /// `source` is the text that was read when this was found. Of a long line
    /// only what is around the place is drawn.
    #[must_use]
    pub fn render(&self, source: &[u8]) -> String {
        let place = self.span.place(source);
        let start = self.span.start.min(source.len());
        let line_start = start - (place.column - 1);
        let line = source[line_start..]
            .split(|&b| b == b'\n')
            .next()
            .unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line_end = line_start + line.len();

        let start = start.min(line_end);
        let end = self.span.end.clamp(start, line_end.min(start + AROUND));
        let before = printable(&source[line_start.max(start.saturating_sub(AROUND))..start]);
        let there = printable(&source[start..end]);
        let after = printable(&source[end..line_end.min(end + AROUND)]);
        let indent = " ".repeat(before.chars().count());
        let carets = "^".repeat(there.chars().count().max(1));
        let problem = &self.problem;
        alloc::format!("{place}: {problem}\n  {before}{there}{after}\n  {indent}{carets}\n")
    }
}

impl<P> Located<P> {
    /// The same in a text that has `offset` bytes more before it.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        let Span { start, end } = self.span;
        Self {
            span: Span {
                start: start + offset,
                end: end + offset,
            },
            ..self
        }
    }
}

impl<P: fmt::Display> fmt::Display for Located<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {}", self.span.start, self.problem)
    }
}

impl<P: fmt::Display + fmt::Debug> core::error::Error for Located<P> {}

/// One line of bytes as text for people: what cannot be seen, or changes how the rest is
/// seen, becomes `?`.
fn printable(line: &[u8]) -> String {
    let is_seen = |c: char| matches!(c, '"' | '\'' | '\\') || c.escape_debug().len() == 1;
    String::from_utf8_lossy(line)
        .chars()
        .map(|c| if is_seen(c) { c } else { '?' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let source = b"a\nbc\n\nd";
        for (start, line, column) in [
            (0, 1, 1),
            (2, 2, 1),
            (3, 2, 2),
            (5, 3, 1),
            (6, 4, 1),
            (99, 4, 2),
        ] {
            let span = Span { start, end: start };
            assert_eq!(span.place(source), Place { line, column }, "at {start}");
        }
    }

    #[test]
    fn spans_of_parts() {
        let whole = b"one two";
        assert_eq!(Span::of(&whole[4..], whole), Span { start: 4, end: 7 });
        assert_eq!(Span::of(&whole[7..], whole), Span { start: 7, end: 7 });
        assert_eq!(Span::of(b"elsewhere", whole), Span { start: 0, end: 7 });
    }

    #[test]
    fn renders_beyond_the_end() {
        let wrong = Located {
            problem: "missing",
            span: Span { start: 3, end: 9 },
        };
        assert_eq!(
            wrong.render(b"abc"),
            "line 1 column 4: missing\n  abc\n     ^\n"
        );
        assert_eq!(wrong.render(b""), "line 1 column 1: missing\n  \n  ^\n");
    }

    #[test]
    fn what_cannot_be_seen_is_not_drawn() {
        let line = "a\t\u{1b}[31m\u{202e}\u{200b}\u{feff} \"\u{e9}\" '\\'";
        assert_eq!(printable(line.as_bytes()), "a??[31m??? \"\u{e9}\" '\\'");
    }

    #[test]
    fn renders_what_is_around_the_place() {
        let wrong = Located {
            problem: "no",
            span: Span {
                start: 70_000,
                end: 70_200,
            },
        };
        let source = [b'x'; 100_000];
        let (x, space, caret) = ("x".repeat(240), " ".repeat(80), "^".repeat(80));
        assert_eq!(
            wrong.render(&source),
            alloc::format!("line 1 column 70001: no\n  {x}\n  {space}{caret}\n")
        );
        let wrong = Located {
            problem: "no",
            span: Span { start: 2, end: 4 },
        };
        let unknown = "\u{fffd}".repeat(5);
        assert_eq!(
            wrong.render("aé€".as_bytes()),
            alloc::format!("line 1 column 3: no\n  a{unknown}\n    ^^\n")
        );
        assert_eq!(wrong.shifted(3).span, Span { start: 5, end: 7 });
    }
}
