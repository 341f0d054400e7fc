//! A document as one line of JSON.

use std::io::{self, Write};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use tor_harness::archive::{Digests, Found, digests};
use tor_harness::netdoc::{Document, Kind};

use super::fields::Fields;
use super::judgement::{Judgement, Shown};
use super::places::listed;
use super::problems::Wrongs;
use super::sections::Sections;
use super::{certificate, diff, pairs};

/// The version of the format.
const VERSION: u32 = 1;

/// Writes a document, and a line end; whether anything is wrong with it.
pub(super) fn write(
    found: &Found<'_>,
    judgement: Option<&Judgement>,
    mut out: &mut dyn Write,
) -> io::Result<bool> {
    let wrongs = Wrongs::of(found, judgement);
    let record = Record {
        found,
        wrongs: &wrongs,
    };
    serde_json::to_writer(&mut out, &record)?;
    out.write_all(b"\n")?;
    Ok(!wrongs.is_empty())
}

struct Record<'f, 'a> {
    found: &'f Found<'a>,
    wrongs: &'f Wrongs<'f>,
}

impl Serialize for Record<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Found {
            place,
            kind,
            document,
        } = self.found;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("v", &VERSION)?;
        map.serialize_entry("path", &*place.path)?;
        map.serialize_entry("offset", &place.offset)?;
        map.serialize_entry("line", &place.line)?;
        map.serialize_entry("bytes", &document.as_bytes().len())?;
        map.serialize_entry("type", &kind.map(|kind| kind.name()))?;
        let (annotations, body) = divided(*kind, *document);
        let before = Fields {
            part: annotations,
            section: None,
            line: place.line,
        };
        map.serialize_entry("annotations", &before)?;
        map.serialize_entry("digests", &DigestsShown(self.found))?;
        match kind {
            Some(Kind::ConsensusDiff) => {
                let line = place.line + lines(annotations);
                diff::add_to(&mut map, body, line)?;
            }
            Some(Kind::Ed25519Certificate) => certificate::add_to(&mut map, *document)?,
            Some(kind) if !kind.has_items() => {
                pairs::add_to(&mut map, *kind, *document, place.line)?;
            }
            _ => {
                let sections = Sections {
                    document: body,
                    sections: kind.map_or(&[], |kind| kind.rules().sections),
                    line: place.line + lines(annotations),
                };
                sections.add_to(&mut map)?;
            }
        }
        let problems = listed(self.found, || self.wrongs.problems());
        map.serialize_entry("problems", &problems)?;
        if let Some(judgement) = self.wrongs.judgement {
            let shown = Shown {
                found: self.found,
                judgement,
                whole: self.wrongs.first_item,
            };
            map.serialize_entry("verified", &shown)?;
        }
        map.end()
    }
}

/// The annotations before a document, and the document.
fn divided(kind: Option<Kind>, document: Document<'_>) -> (Document<'_>, Document<'_>) {
    let bytes = document.as_bytes();
    let mut items = document.items();
    let first = items.find(|item| !item.is_annotation());
    let start = first.map_or(bytes.len(), |item| item.span().start);
    let end = match kind {
        // Zeros fill it.
        Some(Kind::OnionDescriptorMiddle) => bytes
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |last| last + 1),
        _ => bytes.len(),
    };
    let end = end.max(start);
    (document.part(0, start), Document::new(&bytes[start..end]))
}

fn lines(document: Document<'_>) -> u64 {
    let bytes = document.as_bytes().iter();
    bytes.filter(|byte| **byte == b'\n').count() as u64
}

/// The digests that others know the document by.
struct DigestsShown<'f, 'a>(&'f Found<'a>);

impl Serialize for DigestsShown<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Found { kind, document, .. } = self.0;
        let digests = kind.map_or_else(Digests::default, |kind| digests(kind, *document));
        let shown = [
            ("sha1", digests.sha1_text()),
            ("sha256", digests.sha256_text()),
            ("sha3-256", digests.sha3_256_text()),
        ];
        serializer.collect_map(
            shown
                .into_iter()
                .filter_map(|(name, digest)| Some((name, digest?))),
        )
    }
}
