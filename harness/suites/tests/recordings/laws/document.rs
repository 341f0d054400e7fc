//! A network document.

use tor_harness::fixtures::Fixture;
use tor_harness::netdoc::{OwnedItem, Stretch, encode, stretches};
use tor_harness::runner::Failed;

use super::same::same;

/// The document, which is the only one of its file and has nothing wrong.
pub(crate) fn document(fixture: &'static Fixture) -> Result<Stretch<'static>, Failed> {
    let all: Vec<_> = stretches(fixture.bytes).collect();
    let [stretch @ Stretch { kind, document }] = all[..] else {
        return Err(format!("expected one document, got {}", all.len()).into());
    };
    same(document.as_bytes(), fixture.bytes)?;
    let items: Vec<_> = document.items().map(OwnedItem::from).collect();
    // Blank lines at the end are no items: tor leaves one behind a server descriptor.
    let end = fixture.bytes.trim_ascii_end().len() + 1;
    same(&encode(&items), &fixture.bytes[..end])?;
    let problems = kind.map(|kind| kind.check(&document)).unwrap_or_default();
    if let Some(problem) = problems.first() {
        return Err(format!(
            "{} problems, the first: {}",
            problems.len(),
            problem.render(fixture.bytes)
        )
        .into());
    }
    Ok(stretch)
}
