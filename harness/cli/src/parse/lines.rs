//! Which line a byte is in.

use tor_harness::types::{Place, Span};

/// Counts lines, forward only: each byte is looked at once.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
    line_start: usize,
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

    /// Where `span` starts, which is no further up than any before it.
    pub(super) fn place(&mut self, span: Span) -> Place {
        let end = span.start.clamp(self.at, self.bytes.len());
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

    /// The line of the last place, with its end, and where it starts.
    pub(super) fn line(&self) -> (&'a [u8], usize) {
        let rest = &self.bytes[self.line_start..];
        let end = rest.iter().position(|byte| *byte == b'\n');
        (&rest[..end.unwrap_or(rest.len())], self.line_start)
    }
}
