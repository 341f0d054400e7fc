//! Positions in a text, with what is wrong there.

use alloc::string::String;
use core::fmt;
use core::ops::Range;

use crate::lines::{Lines, Place};

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
        Lines::new(source).place(self.start)
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
    /// only what is around the place is drawn. Of many problems [`Lines`] says
    /// the same without counting from the start for each.
    #[must_use]
    pub fn render(&self, source: &[u8]) -> String {
        let mut lines = Lines::new(source);
        let place = lines.place(self.span.start);
        alloc::format!("{place}: {}\n{}", self.problem, lines.draw(self.span))
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

#[cfg(test)]
mod tests {
    use super::*;

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
