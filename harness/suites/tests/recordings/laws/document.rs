//! Network documents.

use tor_harness::netdoc::{Document, Kind, OwnedItem, Stretch, encode, stretches};
use tor_harness::runner::Failed;

use super::same::same;

/// The documents of a file, which are of known kinds and have nothing wrong; none of a file of something else.
pub(crate) fn documents(bytes: &'static [u8]) -> Result<Vec<(Kind, Document<'static>)>, Failed> {
    let all: Vec<Stretch<'_>> = stretches(bytes).collect();
    let pieces: Vec<_> = all.iter().map(|one| one.document.as_bytes()).collect();
    same(&pieces.concat(), bytes)?;
    let known: Option<Vec<_>> = all
        .iter()
        .map(|one| Some((one.kind?, one.document)))
        .collect();
    let known = known.unwrap_or_default();
    for (kind, document) in &known {
        let items: Vec<_> = document.items().map(OwnedItem::from).collect();
        same(&encode(&items), &plain(document.as_bytes()))?;
        let problems = kind.check(document);
        if let Some(problem) = problems.first() {
            return Err(format!(
                "{} problems, the first: {}",
                problems.len(),
                problem.render(bytes)
            )
            .into());
        }
    }
    Ok(known)
}

/// The document that a file is.
pub(crate) fn document(bytes: &'static [u8]) -> Result<(Kind, Document<'static>), Failed> {
    match documents(bytes)?[..] {
        [document] => Ok(document),
        ref others => Err(format!("expected one document, got {}", others.len()).into()),
    }
}

/// A document without what its items do not have: blank lines, of which tor leaves one behind a server
/// descriptor, and `opt` before keywords.
fn plain(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let lines = lines.filter(|line| *line != b"\n");
    let lines = lines.map(|line| line.strip_prefix(b"opt ").unwrap_or(line));
    lines.collect::<Vec<_>>().concat()
}
