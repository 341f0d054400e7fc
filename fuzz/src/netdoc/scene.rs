//! A document laid out by a table.

use tor_harness_netdoc::{OwnedItem, Place, Rule, Rules, Section, encode};

use super::change::Change;

/// A document laid out by a table: which item is in which section, by which rule.
#[derive(Clone, Debug)]
pub struct Scene {
    pub(super) rules: &'static Rules,
    pub(super) items: Vec<OwnedItem>,
    /// One for each item.
    pub(super) spots: Vec<Spot>,
}

/// Where an item is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Its section.
    pub(super) section: &'static Section,
    /// The how manieth section that is, from 0.
    pub(super) part: usize,
    /// Its rule, where its section has one.
    pub(super) rule: Option<&'static Rule>,
}

impl Scene {
    /// Lays out the items of a document, of which none is an annotation.
    #[must_use]
    pub fn new(rules: &'static Rules, items: Vec<OwnedItem>) -> Self {
        let mut section = &rules.sections[0];
        let mut part = 0;
        let spots = items
            .iter()
            .map(|item| {
                let mut sections = rules.sections.iter().enumerate();
                let begun = sections.find(|(_, section)| section.first() == item.keyword);
                if let Some((at, begun)) = begun
                    && at > 0
                {
                    section = begun;
                    part += 1;
                }
                Spot {
                    section,
                    part,
                    rule: section.rule(item.keyword.as_bytes()),
                }
            })
            .collect();
        Self {
            rules,
            items,
            spots,
        }
    }

    /// The items.
    #[must_use]
    pub fn items(&self) -> &[OwnedItem] {
        &self.items
    }

    /// The bytes of the document in which one item is changed.
    #[must_use]
    pub fn changed(&self, at: usize, change: Change) -> Vec<u8> {
        let mut pieces: Vec<_> = self.items.iter().map(|item| encode([item])).collect();
        match change.apply(&self.items[at]) {
            Some(changed) => pieces[at] = changed,
            None => {
                let piece = pieces.remove(at);
                pieces.insert(self.target(at, change), piece);
            }
        }
        pieces.concat()
    }

    /// The place before all items, which is in the first section.
    pub(super) fn start(&self) -> Spot {
        Spot {
            section: &self.rules.sections[0],
            part: 0,
            rule: None,
        }
    }

    /// The index that a moved item comes to.
    pub(super) fn target(&self, at: usize, change: Change) -> usize {
        target(self.items.len(), at, change)
    }

    /// The indexes of the items of a section that is there.
    pub(super) fn part(&self, part: usize) -> impl Iterator<Item = usize> + '_ {
        let indexes = 0..self.items.len();
        indexes.filter(move |index| self.spots[*index].part == part)
    }

    /// How many items there are with this keyword in a section that is there.
    pub(super) fn count(&self, part: usize, keyword: &str) -> usize {
        self.part(part)
            .filter(|index| self.items[*index].keyword == keyword)
            .count()
    }

    /// Whether an item begins a section that is not the first.
    pub(super) fn begins(&self, at: usize) -> bool {
        let before = at
            .checked_sub(1)
            .map_or(0, |before| self.spots[before].part);
        self.spots[at].part != before
    }

    /// The place that the rule of an item says.
    pub(super) fn place(&self, at: usize) -> Option<Place> {
        self.spots[at].rule?.place
    }
}

/// The index that one of so many comes to that is moved.
pub(super) fn target(count: usize, at: usize, change: Change) -> usize {
    let last = count - 1;
    match change {
        Change::MoveToFront => 0,
        Change::MoveBehindNext => last.min(at + 1),
        Change::MoveToEnd => last,
        _ => at,
    }
}
