//! Which documents are wanted.

use std::ops::RangeInclusive;

use tor_harness_netdoc::{Item, Kind, Value, Values};
use tor_harness_types::UtcSeconds;

use crate::found::Found;
use crate::relay::Relay;

/// Which documents are wanted: those that pass all that is set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// One of these kinds; any if there is none.
    pub(crate) kinds: Vec<Kind>,
    /// The kind of what is of no known one and has no annotation that says another.
    pub(crate) assumed: Option<Kind>,
    /// About one of these; any if there is none.
    pub(crate) relays: Vec<Relay>,
    /// Made in this time.
    pub(crate) time: Option<RangeInclusive<UtcSeconds>>,
}

/// The items that say when a document was made.
const MADE: &[&[u8]] = &[b"published", b"valid-after", b"dir-key-published"];

impl Filter {
    /// This document with the kind it is taken to be of, if it is wanted.
    pub(crate) fn pass<'a>(&self, mut found: Found<'a>) -> Option<Found<'a>> {
        if found.kind.is_none() && !says_its_type(&found) {
            found.kind = self.assumed;
        }
        let is_wanted = match found.kind {
            _ if self.kinds.is_empty() => true,
            Some(kind) => self.kinds.contains(&kind),
            None => false,
        };
        (is_wanted && self.is_relay_wanted(&found) && self.is_time_wanted(&found)).then_some(found)
    }

    fn is_relay_wanted(&self, found: &Found<'_>) -> bool {
        self.relays.is_empty() || self.relays.iter().any(|relay| names(found, *relay))
    }

    fn is_time_wanted(&self, found: &Found<'_>) -> bool {
        let Some(wanted) = &self.time else {
            return true;
        };
        made(found).is_some_and(|made| wanted.contains(&made))
    }
}

fn says_its_type(found: &Found<'_>) -> bool {
    let mut annotations = found.document.items().take_while(Item::is_annotation);
    annotations.any(|item| item.keyword_bytes() == b"@type")
}

/// The values in each item, with the item.
fn values<'a>(found: &Found<'a>) -> impl Iterator<Item = (Item<'a>, Vec<Value<'a>>)> + use<'a> {
    let sections = found.kind.map_or(&[][..], |kind| kind.rules().sections);
    found.document.items().filter_map(move |item| {
        let keyword = item.keyword_bytes();
        let rule = sections.iter().find_map(|section| section.rule(keyword))?;
        let named = Values::new(rule, &item).named().ok()?;
        Some((item, named.into_iter().map(|(_, value)| value).collect()))
    })
}

/// Whether an item has this relay in one of its arguments.
fn names(found: &Found<'_>, relay: Relay) -> bool {
    let is_it = |value: &Value<'_>| match (value, relay) {
        (Value::Nickname(name), Relay::Nickname(relay)) => {
            name.as_str().eq_ignore_ascii_case(relay.as_str())
        }
        (Value::Fingerprint(fingerprint), Relay::Fingerprint(relay)) => *fingerprint == relay,
        (Value::Bytes(bytes), Relay::Fingerprint(relay)) => *bytes == relay.as_bytes(),
        _ => false,
    };
    values(found).any(|(_, values)| values.iter().any(is_it))
}

/// When it was made, or else the first time that it names.
fn made(found: &Found<'_>) -> Option<UtcSeconds> {
    let mut first = None;
    for (item, values) in values(found) {
        let time = values.iter().find_map(|value| match value {
            Value::Time(time) => Some(*time),
            _ => None,
        });
        if time.is_some() && MADE.contains(&item.keyword_bytes()) {
            return time;
        }
        first = first.or(time);
    }
    first
}
