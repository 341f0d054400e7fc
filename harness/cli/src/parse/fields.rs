//! The items of a document as JSON, by keyword and by section.

use std::collections::HashMap;

use serde::{Serialize, Serializer};
use tor_harness::netdoc::{Document, Item, Rule, Rules, Section};

use super::item::ItemShown;
use super::lines::Lines;

/// The items of one section, or of what has no rules.
pub(super) struct Fields<'a> {
    section: Option<&'static Section>,
    /// Those with the same keyword together, with their lines.
    groups: Vec<Vec<(usize, Item<'a>)>>,
    /// Where each keyword's are.
    places: HashMap<&'a [u8], usize>,
}

/// What is in a document.
pub(super) struct Content<'a> {
    pub(super) annotations: Fields<'a>,
    /// The section that a document of this kind starts with.
    pub(super) fields: Fields<'a>,
    /// The others, by the section, in order.
    pub(super) sections: Sections<'a>,
}

/// The sections behind the first.
pub(super) struct Sections<'a>(Vec<Fields<'a>>);

impl<'a> Content<'a> {
    /// What is in a document with these rules, whose first line has this number.
    pub(super) fn read(document: Document<'a>, rules: Option<&'static Rules>, line: u64) -> Self {
        let mut lines = Lines::new(document.as_bytes(), line);
        let sections = rules.map_or(&[][..], |rules| rules.sections);
        let mut content = Self {
            annotations: Fields::new(None),
            fields: Fields::new(sections.first()),
            sections: Sections(Vec::new()),
        };
        let mut is_begun = false;
        for item in document.items() {
            let line = lines.place(item.span()).line;
            if item.is_annotation() && !is_begun {
                content.annotations.push(line, item);
                continue;
            }
            is_begun = true;
            // The first section is there from the start.
            let begins = |section: &&Section| section.first().as_bytes() == item.keyword_bytes();
            if let Some(section) = sections.iter().skip(1).find(begins) {
                content.sections.0.push(Fields::new(Some(section)));
            }
            let current = content.sections.0.last_mut();
            current.unwrap_or(&mut content.fields).push(line, item);
        }
        content
    }
}

impl<'a> Fields<'a> {
    fn new(section: Option<&'static Section>) -> Self {
        Self {
            section,
            groups: Vec::new(),
            places: HashMap::new(),
        }
    }

    fn push(&mut self, line: usize, item: Item<'a>) {
        let groups = &mut self.groups;
        let place = self.places.entry(item.keyword_bytes()).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[*place].push((line, item));
    }
}

/// A map by keyword: a list where there may be several, and where there is no rule.
impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.groups.iter().filter_map(|group| {
            let keyword = group.first()?.1.keyword();
            let rule = self
                .section
                .and_then(|section| section.rule(keyword.as_bytes()));
            Some((keyword, Group { rule, items: group }))
        }))
    }
}

struct Group<'g, 'a> {
    rule: Option<&'static Rule>,
    items: &'g [(usize, Item<'a>)],
}

impl Serialize for Group<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rule = self.rule;
        match self.items.split_first() {
            Some(((_, item), again)) if rule.is_some_and(|rule| !rule.times.may_repeat()) => {
                let shown = ItemShown {
                    item,
                    rule,
                    line: None,
                    again,
                };
                shown.serialize(serializer)
            }
            _ => serializer.collect_seq(self.items.iter().map(|(line, item)| ItemShown {
                item,
                rule,
                line: Some(*line),
                again: &[],
            })),
        }
    }
}

impl Sections<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A map by the keyword that a section begins with: a list where there may be several.
impl Serialize for Sections<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut names: Vec<&Section> = Vec::new();
        for section in self.0.iter().filter_map(|fields| fields.section) {
            if !names.iter().any(|name| name.first() == section.first()) {
                names.push(section);
            }
        }
        serializer.collect_map(names.into_iter().map(|section| {
            let of_it = |fields: &&Fields<'_>| {
                fields
                    .section
                    .is_some_and(|other| other.first() == section.first())
            };
            let all: Vec<_> = self.0.iter().filter(of_it).collect();
            (section.first(), Same(section, all))
        }))
    }
}

struct Same<'s, 'a>(&'s Section, Vec<&'s Fields<'a>>);

impl Serialize for Same<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.1[..] {
            [only] if !self.0.times.may_repeat() => only.serialize(serializer),
            all => all.serialize(serializer),
        }
    }
}
