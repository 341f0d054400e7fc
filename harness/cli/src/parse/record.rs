//! A document as one line of JSON.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use tor_harness::archive::{Found, digests};

use super::fields::Content;
use super::problems::{Wrong, problems};
use super::run::Said;

/// The version of the format.
const VERSION: u32 = 1;

/// A document, and a line end.
pub(super) fn write(found: &Found<'_>) -> Said {
    let record = Record {
        found,
        problems: problems(found),
    };
    let mut text = Vec::new();
    // Neither a Vec nor any of this can fail.
    let _ = serde_json::to_writer(&mut text, &record);
    text.push(b'\n');
    Said {
        text,
        is_wrong: !record.problems.is_empty(),
    }
}

struct Record<'f, 'a> {
    found: &'f Found<'a>,
    problems: Vec<Wrong>,
}

impl Serialize for Record<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Found {
            place,
            kind,
            document,
        } = self.found;
        let rules = kind.map(|kind| kind.rules());
        let content = Content::read(*document, rules, place.line);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("v", &VERSION)?;
        map.serialize_entry("path", &*place.path)?;
        map.serialize_entry("offset", &place.offset)?;
        map.serialize_entry("line", &place.line)?;
        map.serialize_entry("bytes", &document.as_bytes().len())?;
        map.serialize_entry("type", &kind.map(|kind| kind.name()))?;
        map.serialize_entry("annotations", &content.annotations)?;
        map.serialize_entry("digests", &DigestsShown(self.found))?;
        map.serialize_entry("fields", &content.fields)?;
        if !content.sections.is_empty() {
            map.serialize_entry("sections", &content.sections)?;
        }
        map.serialize_entry("problems", &self.problems)?;
        map.end()
    }
}

/// The digests that others know the document by.
struct DigestsShown<'f, 'a>(&'f Found<'a>);

impl Serialize for DigestsShown<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digests = digests(self.0.document);
        let shown = [
            ("sha1", digests.sha1_text()),
            ("sha256", digests.sha256_text()),
        ];
        serializer.collect_map(
            shown
                .into_iter()
                .filter_map(|(name, digest)| Some((name, digest?))),
        )
    }
}

impl Serialize for Wrong {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("line", &self.place.line)?;
        map.serialize_entry("column", &self.place.column)?;
        map.serialize_entry("problem", &self.problem)?;
        map.end()
    }
}
