//! A document that was made wrong on purpose.

use tor_harness::fixtures::{Fixture, find};
use tor_harness::netdoc::{Document, Kind};
use tor_harness::runner::Failed;

/// The document, of the kind that its folder names: it names the good one that it was made from, and differs.
pub(crate) fn bad(fixture: &Fixture) -> Result<(Kind, Document<'static>), Failed> {
    let (good, reason) = fixture.command.split_once(' ').unwrap_or_default();
    let good = find(good).ok_or("a bad document that names no good one")?;
    if good.kind != fixture.kind || good.bytes == fixture.bytes || reason.is_empty() {
        return Err(format!("{} is not made from {}", fixture.path, good.path).into());
    }
    let folder = fixture.path.split('/').nth(1).unwrap_or_default();
    Ok((folder.parse::<Kind>()?, Document::new(fixture.bytes)))
}
