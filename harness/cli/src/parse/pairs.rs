//! Rows of `KEY=VALUE` as JSON.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tor_harness::netdoc::{
    AuthorityList, BandwidthFile, Document, Entry, FallbackList, Form, Kind, Pair, Section,
};

use super::groups::grouped;
use super::lines::placed;
use super::value::{Shown, hex, lossy};

/// Adds `fields`, the pairs of the header, and `entries`, those of each row.
pub(super) fn add_to<M: SerializeMap>(
    map: &mut M,
    kind: Kind,
    document: Document<'_>,
    line: u64,
) -> Result<(), M::Error> {
    match kind {
        Kind::BandwidthFile => {
            let read = BandwidthFile::read(document);
            map.serialize_entry("fields", &Row(Some(read.header())))?;
            entries(map, document, line, || read.relays())
        }
        Kind::FallbackList => {
            let read = FallbackList::read(document);
            map.serialize_entry("fields", &Row(read.header().as_ref()))?;
            entries(map, document, line, || read.entries().iter().cloned())
        }
        _ => {
            let read = AuthorityList::read(document);
            map.serialize_entry("fields", &Row(None))?;
            entries(map, document, line, || read.entries().iter().cloned())
        }
    }
}

fn entries<'a, M: SerializeMap, I: Iterator<Item = Entry<'a>>>(
    map: &mut M,
    document: Document<'_>,
    line: u64,
    all: impl Fn() -> I,
) -> Result<(), M::Error> {
    let shown = placed(document.as_bytes(), line, all, |lines, entry| EntryShown {
        line: lines.line_of_part(entry.as_bytes()),
        entry,
    });
    map.serialize_entry("entries", &shown)
}

struct EntryShown<'a> {
    line: usize,
    entry: Entry<'a>,
}

impl Serialize for EntryShown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("fields", &Row(Some(&self.entry)))?;
        map.end()
    }
}

/// A map by key: a list where there may be several, or where there are.
struct Row<'e, 'a>(Option<&'e Entry<'a>>);

impl Serialize for Row<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(entry) = self.0 else {
            return serializer.collect_map([("", ""); 0]);
        };
        let pairs = entry.pairs();
        let mut order: Vec<u32> = (0_u32..).take(pairs.len()).collect();
        let groups = grouped(&mut order, |at| pairs[*at as usize].key, |at| *at);
        serializer.collect_map(groups.into_iter().map(|group| {
            let group = &order[group];
            let key = pairs[group[0] as usize].key;
            let same = Same {
                section: entry.section(),
                pairs,
                group,
            };
            (lossy(key), same)
        }))
    }
}

/// Values with the same key.
struct Same<'e, 'a> {
    section: &'static Section,
    pairs: &'e [Pair<'a>],
    group: &'e [u32],
}

impl Serialize for Same<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pair = |at: &u32| &self.pairs[*at as usize];
        let rule = self.section.rule(pair(&self.group[0]).key);
        let form = rule.and_then(|rule| Some(rule.arguments.first()?.form));
        let shown = |at: &u32| PairValue(form.unwrap_or(Form::Text), pair(at).value);
        match self.group {
            [only] if rule.is_none_or(|rule| !rule.times.may_repeat()) => {
                shown(only).serialize(serializer)
            }
            all => serializer.collect_seq(all.iter().map(shown)),
        }
    }
}

/// A value in its form, as text where it has another, in `hex` where it is no text.
struct PairValue<'a>(Form, &'a [u8]);

impl Serialize for PairValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(form, bytes) = *self;
        match (form.read(bytes), std::str::from_utf8(bytes)) {
            (_, Err(_)) => serializer.collect_map([("hex", hex(bytes))]),
            (Some(value), _) => Shown(form, &value).serialize(serializer),
            (None, Ok(text)) => serializer.serialize_str(text),
        }
    }
}
