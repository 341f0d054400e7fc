//! Documents read, then verified.

use anyhow::Result;

use super::{flips, readings, ways};

/// Has every network document of the fixtures read and verified by us and by tor-netdoc, and
/// prints where that differs; with bits flipped, too, in every `step`th byte. Then has it judge
/// each way of being wrong that has a name.
///
/// # Errors
/// If a difference is not explained, or an explanation is not needed; if the table of ways says
/// something else.
pub(crate) fn agree(step: usize) -> Result<()> {
    // All are printed before one ends it.
    let readings = readings::agree();
    let ways = ways::agree();
    flips::agree(step).and(readings).and(ways)
}
