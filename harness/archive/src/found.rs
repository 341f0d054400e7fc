//! A document, with its place in the archive.

use std::ops::Range;
use std::sync::Arc;

use tor_harness_netdoc::{Document, Kind};

/// Where a document is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file; behind it, with `/` between, the path in the archive. `-` for standard input.
    pub path: Arc<str>,
    /// How many bytes are before it in the text of this path, decompressed.
    pub offset: u64,
    /// The line of that text it begins with, counted from 1.
    pub line: u64,
}

/// A document that was found, borrowed from what has been read.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// Where it is.
    pub place: Place,
    /// Its kind; `None` if that is unknown.
    pub kind: Option<Kind>,
    /// The document, annotations included.
    pub document: Document<'a>,
}

/// A document that was found, with bytes of its own.
#[derive(Clone, Debug)]
pub struct OwnedFound {
    /// Where it is.
    pub place: Place,
    /// Its kind; `None` if that is unknown.
    pub kind: Option<Kind>,
    /// Its bytes, annotations included.
    pub bytes: Vec<u8>,
}

impl OwnedFound {
    /// The document.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        Document::new(&self.bytes)
    }

    /// The same, borrowed from this.
    #[must_use]
    pub fn found(&self) -> Found<'_> {
        Found {
            place: self.place.clone(),
            kind: self.kind,
            document: self.document(),
        }
    }
}

impl From<Found<'_>> for OwnedFound {
    fn from(found: Found<'_>) -> Self {
        let Found {
            place,
            kind,
            document,
        } = found;
        Self {
            place,
            kind,
            bytes: document.as_bytes().to_vec(),
        }
    }
}

/// Some documents that follow one another in a text.
#[derive(Debug)]
pub(crate) struct Batch {
    /// The text they are in.
    pub(crate) path: Arc<str>,
    /// That part of it.
    pub(crate) bytes: Vec<u8>,
    /// Where that part begins.
    pub(crate) offset: u64,
    pub(crate) cuts: Vec<Cut>,
}

/// A document of a [`Batch`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) kind: Option<Kind>,
    /// Where it is in the bytes.
    pub(crate) range: Range<usize>,
    /// The line it begins with.
    pub(crate) line: u64,
}

impl Batch {
    /// The documents.
    pub(crate) fn documents(&self) -> impl Iterator<Item = Found<'_>> {
        self.cuts.iter().map(|cut| Found {
            place: Place {
                path: Arc::clone(&self.path),
                offset: self.offset + cut.range.start as u64,
                line: cut.line,
            },
            kind: cut.kind,
            document: Document::new(&self.bytes[cut.range.clone()]),
        })
    }
}
