//! Documents that keep to the rules of their kind.

use std::fmt;
use std::ops::RangeInclusive;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::Union;
use tor_harness_netdoc::{Document, Kind, OwnedItem, Place, Rule, Rules, Section, Times, encode};

use super::demands::meet_demands;
use super::diff::diff;
use super::item::{item, unknown_item};
use super::object::certificate;
use super::pairs::{authority_list, bandwidth_file, fallback_list};

/// A document that was drawn, as the items it is made of.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drawn {
    /// Its kind.
    pub kind: Kind,
    /// Its items in order, without annotations; the lines of a kind that has no items.
    pub items: Vec<OwnedItem>,
}

impl Drawn {
    /// The bytes of the document.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        encode(&self.items)
    }
}

/// As its text, which is what one wants to read where a test fails.
impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.encode();
        write!(f, "{}:\n{}", self.kind, String::from_utf8_lossy(&bytes))
    }
}

/// A good document of a kind: every item that has to be there, some that may be there, some
/// repeated, some unknown, in any order that the rules leave.
///
/// What has no items has lines, entries, pairs by its table instead, and unknown pairs.
///
/// It shrinks towards the items that have to be there, in the order of the table. Never anything
/// that a document of today may not lack; never annotations, for which there is
/// [`file()`](super::file()).
pub fn document(kind: Kind) -> BoxedStrategy<Drawn> {
    let bytes = match kind {
        Kind::ConsensusDiff => diff().boxed(),
        Kind::Ed25519Certificate => certificate().boxed(),
        Kind::BandwidthFile => bandwidth_file().boxed(),
        Kind::FallbackList => fallback_list().boxed(),
        Kind::AuthorityList => authority_list().boxed(),
        _ => {
            return items(kind.rules())
                // Nothing can be found in a file.
                .prop_filter("no item", |items| !items.is_empty())
                .prop_map(move |mut items| {
                    meet_demands(kind, &mut items);
                    Drawn { kind, items }
                })
                .boxed();
        }
    };
    let drawn = move |bytes: Vec<u8>| {
        let document = Document::new(&bytes);
        let items = document.items().map(OwnedItem::from).collect();
        Drawn { kind, items }
    };
    bytes.prop_map(drawn).boxed()
}

/// The items of a good document by a table of one's own; all else is as it is with [`document`].
pub fn items(rules: &'static Rules) -> BoxedStrategy<Vec<OwnedItem>> {
    let sections = rules.sections.iter();
    let sections: Vec<_> = sections
        .map(|section| vec(self::section(rules, section), times(section.times)))
        .collect();
    sections
        .prop_map(|sections| sections.concat().concat())
        .boxed()
}

/// A good document of any kind.
pub fn any_document() -> Union<BoxedStrategy<Drawn>> {
    Union::new(Kind::all().map(document))
}

/// A section of a document by these rules: its items, in any order that its rules leave.
pub fn section(rules: &'static Rules, section: &'static Section) -> BoxedStrategy<Vec<OwnedItem>> {
    section_of(rules.sections, section, item, unknown_item(), 2)
}

/// The same of items that are drawn so, with so many unknown ones at most, where other sections
/// begin with their first items.
pub(super) fn section_of(
    sections: &'static [Section],
    section: &'static Section,
    item: fn(&'static Rule) -> BoxedStrategy<OwnedItem>,
    unknown: BoxedStrategy<OwnedItem>,
    most_unknown: usize,
) -> BoxedStrategy<Vec<OwnedItem>> {
    let items: Vec<_> = section
        .rules
        .iter()
        .enumerate()
        .map(|(index, rule)| {
            let starts_another =
                index > 0 && sections.iter().any(|other| other.first() == rule.keyword);
            let times = match starts_another {
                true => 0..=0,
                false => times(rule.times),
            };
            // One more, for where another item needs it.
            (vec(item(rule), times), item(rule))
        })
        .collect();
    let unknown = prop_oneof![4 => Just(Vec::new()), 1 => vec(unknown, 1..=most_unknown)];
    (items, unknown, any::<u64>())
        .prop_map(move |(items, unknown, order)| {
            let items = with_needed(section, items);
            arranged(section, items, unknown, order)
        })
        .boxed()
}

/// How often something is drawn.
fn times(times: Times) -> RangeInclusive<usize> {
    match times {
        Times::Exactly => 1..=1,
        Times::AtMost => 0..=1,
        Times::AtLeast => 1..=3,
        Times::Any => 0..=2,
    }
}

/// The items of each rule, with those that others need.
fn with_needed(
    section: &'static Section,
    drawn: Vec<(Vec<OwnedItem>, OwnedItem)>,
) -> Vec<Vec<OwnedItem>> {
    let (mut items, spare): (Vec<_>, Vec<_>) = drawn.into_iter().unzip();
    let mut spare: Vec<_> = spare.into_iter().map(Some).collect();
    let mut is_changed = true;
    while is_changed {
        is_changed = false;
        let is_there = |keyword: &str| {
            let rule = section.lookup(keyword.as_bytes());
            rule.is_some_and(|rule| !items[rule].is_empty())
        };
        // The first of those of which one has to be there, where none is.
        let one_of = |rule: &'static Rule| {
            let is_met = rule.needs_one_of.iter().any(|keyword| is_there(keyword));
            rule.needs_one_of.iter().take(usize::from(!is_met))
        };
        let there = items.iter().zip(section.rules);
        let needed: Vec<_> = there
            .filter(|(items, _)| !items.is_empty())
            .flat_map(|(_, rule)| rule.needs.iter().chain(one_of(rule)))
            .filter_map(|keyword| section.lookup(keyword.as_bytes()))
            .collect();
        for rule in needed {
            if items[rule].is_empty() {
                items[rule].extend(spare[rule].take());
                is_changed = true;
            }
        }
    }
    items
}

/// The items in an order that the section leaves; that of the table for 0.
fn arranged(
    section: &'static Section,
    items: Vec<Vec<OwnedItem>>,
    unknown: Vec<OwnedItem>,
    order: u64,
) -> Vec<OwnedItem> {
    let mut parts: [Vec<OwnedItem>; 5] = Default::default();
    for (rule, items) in section.rules.iter().zip(items) {
        parts[part(section, rule)].extend(items);
    }
    let middle = &mut parts[2];
    middle.extend(unknown);
    if !section.is_ordered {
        shuffle(middle, order);
    }
    parts.concat()
}

/// Some order for each number, the same for 0.
fn shuffle<T>(items: &mut [T], mut order: u64) {
    for index in (1..items.len()).rev() {
        let count = index as u64 + 1;
        let other = index - (order % count) as usize;
        items.swap(index, other);
        order /= count;
        // Where the number is used up, it starts again as another.
        order ^= order.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 8;
    }
}

/// Which part of its section the items of a rule belong to.
fn part(section: &Section, rule: &Rule) -> usize {
    match rule.place {
        Some(Place::First) => 0,
        // It begins its section whether its rule says so or not.
        None if rule.keyword == section.first() => 0,
        Some(Place::Second) => 1,
        None => 2,
        Some(Place::NextToLast) => 3,
        Some(Place::Last) => 4,
    }
}
