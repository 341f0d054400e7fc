//! Places in a script's text.

use std::ops::Range;

use crate::script::error::ScriptError;
use crate::script::place::Place;

/// A line that has more bytes is not shown.
const LONGEST_SHOWN: usize = 200;

/// Where the lines of a script start: a long one has many places.
pub(super) struct Places<'a> {
    text: &'a str,
    origin: &'a str,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str, origin: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        Self {
            text,
            origin,
            starts,
        }
    }

    /// Where something starts.
    pub(super) fn of(&self, span: &Range<usize>) -> Place {
        let line = self.starts.partition_point(|start| *start <= span.start);
        Place {
            file: self.origin.to_owned(),
            line,
            column: span.start - self.starts[line - 1] + 1,
        }
    }

    /// The same error, which shows its line and points at it, unless nobody
    /// would see where.
    pub(super) fn show(&self, error: ScriptError, span: Option<&Range<usize>>) -> ScriptError {
        let line = self.text.lines().nth(error.place.line.saturating_sub(1));
        let line = line.unwrap_or_default();
        if line.len() > LONGEST_SHOWN {
            return error;
        }
        let before = line.get(..error.place.column - 1).unwrap_or(line);
        let length = span.map_or(1, |span| span.len());
        let marked = line.get(before.len()..).unwrap_or_default();
        let marked = marked.get(..length).unwrap_or(marked).trim_end();
        let number = error.place.line.to_string();
        let margin = " ".repeat(number.len());
        // A tab is as wide above as below.
        let blank: String = before
            .chars()
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        let carets = "^".repeat(marked.chars().count().max(1));
        error.with_excerpt(format!(
            "{margin} |\n{number} | {line}\n{margin} | {blank}{carets}"
        ))
    }
}
