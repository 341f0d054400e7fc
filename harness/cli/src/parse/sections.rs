//! The parts of a document as JSON, by section.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tor_harness::netdoc::{Document, Items, Section};
use tor_harness::types::Lines;

use super::fields::Fields;

/// A document of items: what its first section has, then the others.
pub(super) struct Sections<'a> {
    pub(super) document: Document<'a>,
    pub(super) sections: &'static [Section],
    /// The line that the document begins with.
    pub(super) line: u64,
}

impl<'a> Sections<'a> {
    /// Adds `fields`, of the first section, and `sections`, if there are others.
    pub(super) fn add_to<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let mut parts = self.parts();
        let fields = parts.next();
        map.serialize_entry("fields", &fields.unwrap_or_else(|| self.none()))?;
        // Those that are there, by their first places.
        let mut there: Vec<(&'static Section, usize)> = Vec::new();
        for section in parts.filter_map(|part| part.section) {
            match there
                .iter_mut()
                .find(|(own, _)| own.first() == section.first())
            {
                Some((_, count)) => *count += 1,
                None => there.push((section, 1)),
            }
        }
        if there.is_empty() {
            return Ok(());
        }
        let others = Others { of: self, there };
        map.serialize_entry("sections", &others)
    }

    fn none(&self) -> Fields<'a> {
        Fields {
            part: self.document,
            section: self.sections.first(),
            line: self.line,
        }
    }

    /// The parts in order. The first section is there from the start, and may
    /// have nothing.
    fn parts(&self) -> Parts<'a> {
        Parts {
            document: self.document,
            items: self.document.items(),
            lines: Lines::numbered(self.document.as_bytes(), 0),
            sections: self.sections,
            line: self.line,
            next: Some((self.document.span().start, self.sections.first())),
        }
    }
}

struct Parts<'a> {
    document: Document<'a>,
    items: Items<'a>,
    lines: Lines<'a>,
    sections: &'static [Section],
    line: u64,
    /// Where the next part begins.
    next: Option<(usize, Option<&'static Section>)>,
}

impl<'a> Iterator for Parts<'a> {
    type Item = Fields<'a>;

    fn next(&mut self) -> Option<Fields<'a>> {
        let (start, section) = self.next?;
        let others = self.sections.get(1..).unwrap_or_default();
        self.next = self.items.find_map(|item| {
            let begins = |section: &&Section| section.first().as_bytes() == item.keyword_bytes();
            let section = others.iter().find(begins)?;
            Some((item.span().start, Some(section)))
        });
        let span = self.document.span();
        let end = self.next.map_or(span.end, |(start, _)| start);
        Some(Fields {
            part: self.document.part(start, end),
            section,
            line: self.line + self.lines.place(start - span.start).line as u64,
        })
    }
}

/// A map by the keyword that a section begins with: a list where there may be several.
struct Others<'s, 'a> {
    of: &'s Sections<'a>,
    there: Vec<(&'static Section, usize)>,
}

impl Serialize for Others<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.there.iter().map(|(section, count)| {
            let is_list = *count > 1 || section.times.may_repeat();
            let same = Same {
                of: self.of,
                section,
                is_list,
            };
            (section.first(), same)
        }))
    }
}

struct Same<'s, 'a> {
    of: &'s Sections<'a>,
    section: &'static Section,
    is_list: bool,
}

impl Serialize for Same<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_it = |part: &Fields<'_>| {
            let section = part.section;
            section.is_some_and(|section| section.first() == self.section.first())
        };
        let mut all = self.of.parts().skip(1).filter(is_it);
        match self.is_list {
            true => serializer.collect_seq(all),
            false => all.next().serialize(serializer),
        }
    }
}
