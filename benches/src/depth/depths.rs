//! The depths.

use std::hint::black_box;

use memchr::memchr_iter;
use tor_harness_netdoc::{Document, Kind};

use super::fields;
use crate::trust::Trust;
use crate::verifier::Verifier;

/// How deep a network document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// A stop at the end of every line: the floor.
    Lines,
    /// Every item, nothing decoded.
    Structure,
    /// Every field of the typed kind, decoded.
    Fields,
    /// All problems.
    Checked,
    /// All that it proves, read anew; of the descriptor of an onion service every layer.
    Verified,
}

/// Reads a document that is good.
pub type Read = Box<dyn Fn(&[u8])>;

impl Depth {
    /// All of them, from the shallowest on.
    pub const ALL: [Self; 5] = [
        Self::Lines,
        Self::Structure,
        Self::Fields,
        Self::Checked,
        Self::Verified,
    ];

    /// What it is called: `structure`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Structure => "structure",
            Self::Fields => "fields",
            Self::Checked => "checked",
            Self::Verified => "verified",
        }
    }

    /// What reads the documents in a folder of the fixtures, as `key-certificate`, so deep;
    /// `None` where nothing does.
    #[must_use]
    pub fn reader(self, folder: &str) -> Option<Read> {
        Some(match self {
            Self::Lines => Box::new(|bytes| {
                let ends = memchr_iter(b'\n', black_box(bytes));
                black_box(ends.fold(0, |all, end| all ^ end));
            }),
            Self::Structure => Box::new(|bytes| {
                let items = Document::new(black_box(bytes)).items();
                let seen = items.map(|item| item.keyword_bytes().len() ^ item.as_bytes().len());
                black_box(seen.fold(0, |all, item| all ^ item));
            }),
            Self::Fields => {
                let fields = fields::of(folder.parse().ok()?)?;
                Box::new(move |bytes| fields(Document::new(black_box(bytes))))
            }
            Self::Checked => {
                let kind: Kind = folder.parse().ok()?;
                Box::new(move |bytes| {
                    let problems = kind.check(&Document::new(black_box(bytes)));
                    assert_eq!(problems, [], "a {kind} that is not good");
                })
            }
            Self::Verified => {
                let kind: Kind = folder.parse().ok()?;
                let verifier = Verifier::new(kind, &Trust::of_load(kind))?;
                Box::new(move |bytes| {
                    let verdict = verifier.verify(black_box(bytes));
                    verdict
                        .unwrap_or_else(|wrong| panic!("a {kind} that does not hold: {wrong:?}"));
                })
            }
        })
    }
}
