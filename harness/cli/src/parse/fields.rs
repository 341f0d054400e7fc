//! The items of a part of a document as JSON, by keyword.

use serde::{Serialize, Serializer};
use tor_harness::netdoc::{Document, Item, Rule, Section};
use tor_harness::types::Lines;

use super::groups::grouped;
use super::item::ItemShown;

/// The items of one section, of what stands before the document, or of what has
/// no rules: a map by keyword.
///
/// Only the places of the items are kept, since a document may have millions.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) part: Document<'a>,
    pub(super) section: Option<&'static Section>,
    /// The line that the part begins with.
    pub(super) line: u64,
}

/// Where an item is in the part.
struct At {
    start: u32,
    /// The line, counted from that of the part.
    line: u32,
    /// How long the keyword is, and behind that one bit: whether `opt` is before it.
    keyword: u32,
}

/// What stands before a keyword that nobody had to know.
const OPT: usize = "opt ".len();

impl At {
    fn keyword<'a>(&self, part: &'a [u8]) -> &'a [u8] {
        let start = self.start as usize + OPT * (self.keyword & 1) as usize;
        &part[start..start + (self.keyword >> 1) as usize]
    }

    fn item<'a>(&self, part: Document<'a>) -> Option<Item<'a>> {
        let span = part.span();
        let rest = part.part(span.start + self.start as usize, span.end);
        rest.items().next()
    }
}

impl<'a> Fields<'a> {
    /// Where the items are; those far behind what anyone can read are not there.
    fn places(&self) -> Vec<At> {
        let bytes = self.part.as_bytes();
        let base = self.part.span().start;
        let mut lines = Lines::numbered(bytes, 0);
        let items = self.part.items().map_while(|item| {
            let start = item.span().start - base;
            let keyword = item.keyword_bytes();
            let is_behind_opt = !keyword.is_empty() && !bytes[start..].starts_with(keyword);
            Some(At {
                start: u32::try_from(start).ok()?,
                line: u32::try_from(lines.place(start).line).ok()?,
                keyword: u32::try_from(keyword.len() << 1 | usize::from(is_behind_opt)).ok()?,
            })
        });
        items.collect()
    }

    fn shown(&self, at: &At, rule: Option<&'static Rule>) -> Option<ItemShown<'a>> {
        Some(ItemShown {
            item: at.item(self.part)?,
            rule,
            line: Some(self.line + u64::from(at.line)),
        })
    }
}

/// A list where there may be several, and where there is no rule.
impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut places = self.places();
        let bytes = self.part.as_bytes();
        let groups = grouped(&mut places, |at| at.keyword(bytes), |at| at.start);
        serializer.collect_map(groups.into_iter().map(|group| {
            let group = &places[group];
            let keyword = group[0].keyword(bytes);
            let rule = self.section.and_then(|section| section.rule(keyword));
            // Keywords are ASCII.
            let keyword = std::str::from_utf8(keyword).unwrap_or_default();
            let fields = *self;
            (
                keyword,
                Group {
                    fields,
                    rule,
                    group,
                },
            )
        }))
    }
}

/// Items with the same keyword.
struct Group<'g, 'a> {
    fields: Fields<'a>,
    rule: Option<&'static Rule>,
    group: &'g [At],
}

impl Serialize for Group<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = |at| self.fields.shown(at, self.rule);
        match self.group.split_first() {
            Some((first, again)) if self.rule.is_some_and(|rule| !rule.times.may_repeat()) => {
                let once = shown(first).map(|item| Once {
                    item,
                    again,
                    of: self,
                });
                once.serialize(serializer)
            }
            _ => serializer.collect_seq(self.group.iter().filter_map(shown)),
        }
    }
}

/// An item that may be there once, and those that are there again.
struct Once<'g, 'a> {
    item: ItemShown<'a>,
    again: &'g [At],
    of: &'g Group<'g, 'a>,
}

impl Serialize for Once<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let again = Again {
            again: self.again,
            of: self.of,
        };
        let once = ItemShown {
            line: None,
            ..self.item
        };
        once.serialize_with(serializer, (!self.again.is_empty()).then_some(&again))
    }
}

pub(super) struct Again<'g, 'a> {
    again: &'g [At],
    of: &'g Group<'g, 'a>,
}

impl Serialize for Again<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Group { fields, rule, .. } = self.of;
        serializer.collect_seq(self.again.iter().filter_map(|at| fields.shown(at, *rule)))
    }
}
