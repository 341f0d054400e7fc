//! Which line a byte is in.

use serde::Serialize;
use tor_harness::types::{Place, Span};

use super::seq::Seq;

/// How much of a line is drawn on either side of a place, at most.
const AROUND: usize = 256;

/// Counts lines, forward only: each byte is looked at once.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
    line_start: usize,
}

/// What `show` makes of each, as a list; they are in the order of their places in `bytes`,
/// whose first line has this number.
pub(super) fn placed<I, S: Serialize>(
    bytes: &[u8],
    first: u64,
    all: impl Fn() -> I,
    show: impl Fn(&mut Lines<'_>, I::Item) -> S + Copy,
) -> impl Serialize
where
    I: Iterator,
{
    Seq(move || {
        let mut lines = Lines::new(bytes, first);
        all().map(move |one| show(&mut lines, one))
    })
}

impl<'a> Lines<'a> {
    /// The lines of `bytes`, whose first has this number.
    pub(super) fn new(bytes: &'a [u8], first: u64) -> Self {
        Self {
            bytes,
            at: 0,
            line: usize::try_from(first).unwrap_or(usize::MAX),
            line_start: 0,
        }
    }

    /// The line that a part of the bytes begins in, which is no further up than any before it.
    pub(super) fn line_of_part(&mut self, part: &[u8]) -> usize {
        self.line_of(Span::of(part, self.bytes).start)
    }

    /// The line of a byte, which is no further up than any before it.
    pub(super) fn line_of(&mut self, byte: usize) -> usize {
        self.place(byte).line
    }

    /// Where a byte is, which is no further up than any before it.
    pub(super) fn place(&mut self, byte: usize) -> Place {
        let end = byte.clamp(self.at, self.bytes.len());
        for (offset, byte) in self.bytes[self.at..end].iter().enumerate() {
            if *byte == b'\n' {
                self.line += 1;
                self.line_start = self.at + offset + 1;
            }
        }
        self.at = end;
        Place {
            line: self.line,
            column: end - self.line_start + 1,
        }
    }

    /// What is around the last place in its line, and where that starts.
    pub(super) fn around(&self) -> (&'a [u8], usize) {
        let start = self.line_start.max(self.at.saturating_sub(AROUND));
        let rest = &self.bytes[self.at..self.bytes.len().min(self.at + AROUND)];
        let end = rest.iter().position(|byte| *byte == b'\n');
        let end = self.at + end.unwrap_or(rest.len());
        (&self.bytes[start..end], start)
    }
}
