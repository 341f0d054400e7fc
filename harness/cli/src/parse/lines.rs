//! The lines of a document, counted from those before it.

use serde::Serialize;
use tor_harness::types::{Lines, Span};

use super::seq::Seq;

/// The lines of a part of a text, which begins with its line of this number.
pub(super) fn lines(part: &[u8], first: u64) -> Lines<'_> {
    Lines::numbered(part, usize::try_from(first).unwrap_or(usize::MAX))
}

/// What `show` makes of each, as a list; they are in the order of their places in `bytes`,
/// whose first line has this number.
pub(super) fn placed<'a, I, S: Serialize>(
    bytes: &'a [u8],
    first: u64,
    all: impl Fn() -> I,
    show: impl Fn(&mut Lines<'a>, I::Item) -> S + Copy,
) -> impl Serialize
where
    I: Iterator,
{
    Seq(move || {
        let mut lines = lines(bytes, first);
        all().map(move |one| show(&mut lines, one))
    })
}

/// The line that a part of `bytes` begins in.
pub(super) fn line_of(lines: &mut Lines<'_>, bytes: &[u8], part: &[u8]) -> usize {
    lines.place(Span::of(part, bytes).start).line
}
