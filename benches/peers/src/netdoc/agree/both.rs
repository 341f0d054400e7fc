//! Documents read, then verified.

use anyhow::Result;

use super::{flips, readings};

/// Has every network document of the fixtures read and verified by us and by tor-netdoc, and
/// prints where that differs; with bits flipped, too, in every `step`th byte.
///
/// # Errors
/// If a difference is not explained, or an explanation is not needed.
pub(crate) fn agree(step: usize) -> Result<()> {
    // Both are printed before either ends it.
    let readings = readings::agree();
    flips::agree(step).and(readings)
}
