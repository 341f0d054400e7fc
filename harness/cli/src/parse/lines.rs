//! The lines of a document, counted from those before it.

use tor_harness::types::Lines;

/// The lines of a part of a text, which begins with its line of this number.
pub(super) fn lines(part: &[u8], first: u64) -> Lines<'_> {
    Lines::numbered(part, usize::try_from(first).unwrap_or(usize::MAX))
}
