//! The lines of a text.

use alloc::string::String;
use core::fmt;

use crate::text::Span;

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

/// Counts the lines of a text: each byte is looked at once, as long as no place
/// is before the one asked for last.
///
/// ```
/// use tor_harness_types::{Lines, Span};
///
/// let mut lines = Lines::new(b"router a\npublished abc\n");
/// let span = Span { start: 19, end: 22 };
/// assert_eq!(lines.place(span.start).to_string(), "line 2 column 11");
/// assert_eq!(lines.draw(span), "  published abc\n            ^^^\n");
/// ```
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    source: &'a [u8],
    /// The number of the first.
    first: usize,
    /// The place asked for last, the number of its line and where that starts.
    at: usize,
    line: usize,
    line_start: usize,
}

impl<'a> Lines<'a> {
    /// The lines of `source`.
    #[must_use]
    pub fn new(source: &'a [u8]) -> Self {
        Self::numbered(source, 1)
    }

    /// The same where the first one has this number: it begins with a part of a text.
    #[must_use]
    pub fn numbered(source: &'a [u8], first: usize) -> Self {
        Self {
            source,
            first,
            at: 0,
            line: first,
            line_start: 0,
        }
    }

    /// Where a byte is; the end of the text for one behind it.
    pub fn place(&mut self, byte: usize) -> Place {
        if byte < self.at {
            *self = Self::numbered(self.source, self.first);
        }
        let (start, ahead) = (self.at, self.ahead(byte));
        self.at += ahead.len();
        let ends = ahead.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        for (end, _) in ends {
            self.line += 1;
            self.line_start = start + end + 1;
        }
        Place {
            line: self.line,
            column: 1 + self.at - self.line_start,
        }
    }

    /// Two lines: that in which `span` starts, as far as it is near, and carets below the span.
    #[must_use]
    pub fn draw(&mut self, span: Span) -> String {
        self.place(span.start);
        let start = self.at;
        let near = &self.source[start..self.source.len().min(start + 2 * AROUND)];
        let length = near.iter().position(|byte| *byte == b'\n');
        let line_end = start + length.unwrap_or(near.len());
        let line = &self.source[self.line_start..line_end];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line_end = self.line_start + line.len();

        let start = start.min(line_end);
        let end = span.end.clamp(start, line_end.min(start + AROUND));
        let before = self.line_start.max(start.saturating_sub(AROUND));
        let after = line_end.min(end + AROUND);
        let [before, there, after] =
            [before..start, start..end, end..after].map(|range| printable(&self.source[range]));
        let indent = " ".repeat(before.chars().count());
        let carets = "^".repeat(there.chars().count().max(1));
        alloc::format!("  {before}{there}{after}\n  {indent}{carets}\n")
    }

    /// What has to be looked at for the place of a byte that is not before the last.
    fn ahead(&self, byte: usize) -> &'a [u8] {
        &self.source[self.at..byte.clamp(self.at, self.source.len())]
    }
}

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
        let mut lines = Lines::new(source);
        // One place stands before another one.
        for (byte, line, column) in [
            (0, 1, 1),
            (2, 2, 1),
            (3, 2, 2),
            (5, 3, 1),
            (6, 4, 1),
            (99, 4, 2),
            (3, 2, 2),
            (3, 2, 2),
        ] {
            let place = Place { line, column };
            assert_eq!(lines.place(byte), place, "at {byte}");
            assert_eq!(Lines::new(source).place(byte), place, "at {byte}");
            let later = Place {
                line: line + 6,
                ..place
            };
            assert_eq!(Lines::numbered(source, 7).place(byte), later, "at {byte}");
        }
    }

    #[test]
    fn looks_at_each_byte_once() {
        let source = "published abc\n".repeat(1000);
        let mut lines = Lines::new(source.as_bytes());
        let mut seen = 0;
        for start in (10..source.len()).step_by(14) {
            let span = Span {
                start,
                end: start + 3,
            };
            seen += lines.ahead(start).len();
            assert_eq!(lines.draw(span), "  published abc\n            ^^^\n");
        }
        assert_eq!(seen, source.len() - 4);
    }

    #[test]
    fn what_cannot_be_seen_is_not_drawn() {
        let line = "a\t\u{1b}[31m\u{202e}\u{200b}\u{feff} \"\u{e9}\" '\\'";
        assert_eq!(printable(line.as_bytes()), "a??[31m??? \"\u{e9}\" '\\'");
    }
}
