//! Files of several documents.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_netdoc::{Kind, OwnedItem, encode};

use super::document::any_document;
use crate::text::bytes;

/// A part of a file: a document with its annotations, or something of which nothing is known.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The kind; `None` for something unknown.
    pub kind: Option<Kind>,
    /// The annotations and the items.
    pub items: Vec<OwnedItem>,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.kind.map_or("unknown", Kind::name);
        write!(
            f,
            "{name}:\n{}",
            String::from_utf8_lossy(&encode(&self.items))
        )
    }
}

/// A file of several documents, as its parts: each begins with `@type`, may have further
/// annotations, and is a document of any kind or something unknown: another type's, prose.
///
/// Never documents without annotations: [`document()`](super::document()) is one.
pub fn file() -> impl Strategy<Value = Vec<Part>> {
    vec(part(), 0..5)
}

fn part() -> impl Strategy<Value = Part> {
    let known = any_document().prop_map(|drawn| (Some(drawn.kind), drawn.kind.name(), drawn.items));
    let line =
        bytes("[a-z]{0,8}[.,!]( [ -~]{0,9})?").prop_map(|text| OwnedItem::default().text(text));
    let names = select(
        &[
            "tea",
            "directory",
            "snowflake-stats",
            "bridge-pool-assignment",
        ][..],
    );
    let unknown = (names, vec(line, 1..5)).prop_map(|(name, lines)| (None, name, lines));
    let annotation = ("@[a-su-z][a-z-]{0,8}", "[!-~]{1,9}")
        .prop_map(|(keyword, text)| OwnedItem::new(keyword).text(text));
    let annotations = (
        vec(annotation.clone(), 0..2),
        "1\\.[0-9]",
        vec(annotation, 0..2),
    );
    (annotations, prop_oneof![4 => known, 1 => unknown]).prop_map(
        |((before, version, behind), (kind, name, items))| Part {
            kind,
            items: before
                .into_iter()
                .chain([OwnedItem::new("@type").text(format!("{name} {version}"))])
                .chain(behind)
                .chain(items)
                .collect(),
        },
    )
}
