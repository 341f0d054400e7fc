//! A row of pairs, what is done to one of them, what of that its table says is harmless.

use std::collections::BTreeSet;

use tor_harness_netdoc::{Count, Entry, OwnedItem, Section};

use super::change::{Change, words};
use super::grammar::fits;
use super::pairs::joined;
use super::scene::target;

/// The header or a relay's line of a bandwidth file, an entry of a list: pairs as items, whose
/// keywords are the keys.
#[derive(Clone, Debug)]
pub(super) struct Row {
    section: &'static Section,
    pub(super) pairs: Vec<OwnedItem>,
    /// What is between two pairs.
    between: u8,
    /// The keys that are not written.
    bare: Vec<String>,
}

impl Row {
    pub(super) fn new(entry: &Entry<'_>, between: u8) -> Self {
        let bare = entry.pairs().iter().filter(|pair| pair.is_bare);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            section: entry.section(),
            pairs: entry
                .pairs()
                .iter()
                .map(|pair| OwnedItem::new(text(pair.key)).text(pair.value))
                .collect(),
            between,
            bare: bare.map(|pair| text(pair.key)).collect(),
        }
    }

    /// The bytes of these pairs.
    pub(super) fn encode(&self, pairs: &[OwnedItem]) -> Vec<u8> {
        let bare: Vec<_> = self.bare.iter().map(|key| &**key).collect();
        joined(pairs, &bare, self.between)
    }

    /// All that can be done to a pair.
    pub(super) fn changes(&self, at: usize) -> Vec<Change> {
        let pair = &self.pairs[at];
        let is_bare = self.bare.contains(&pair.keyword);
        let mut all = Change::all(pair);
        all.retain(|change| match change {
            Change::AddObject => false,
            // Another word would be another pair.
            Change::Add => self.between == b'\n',
            Change::BreakKeyword | Change::CutInKeyword => !is_bare,
            _ => true,
        });
        all
    }

    /// The pairs when this is done to one of them; `None` if that leaves no pair.
    pub(super) fn changed(&self, at: usize, change: Change) -> Option<Vec<OwnedItem>> {
        let mut pairs = self.pairs.clone();
        match change {
            Change::Delete => drop(pairs.remove(at)),
            Change::Repeat => pairs.insert(at, pairs[at].clone()),
            Change::BreakKeyword => pairs[at].keyword.replace_range(..1, "_"),
            // A key alone.
            Change::CutInKeyword => return None,
            _ => match change.line(&pairs[at]) {
                Some((_, words)) => pairs[at].text = Some(words.join(&b' ')),
                None => {
                    let pair = pairs.remove(at);
                    pairs.insert(target(self.pairs.len(), at, change), pair);
                }
            },
        }
        // What is written without its key, and is nothing, is not there.
        pairs.retain(|pair| !(self.bare.contains(&pair.keyword) && words(pair).is_empty()));
        Some(pairs)
    }

    /// Why the table says that this is harmless; `None` where it does not.
    pub(super) fn harmless(&self, at: usize, change: Change) -> Option<&'static str> {
        let pairs = self.changed(at, change)?;
        let is_named = self
            .section
            .rule(self.pairs[at].keyword.as_bytes())
            .is_some();
        self.fits(&pairs).then_some(match change {
            _ if !is_named => "no table names the key",
            Change::Delete | Change::BreakKeyword => "the key need not be there",
            Change::Repeat => "the key may be there again",
            Change::MoveToFront | Change::MoveBehindNext | Change::MoveToEnd => {
                "the keys have no order"
            }
            _ => "the other value is in the same form",
        })
    }

    /// Whether these pairs keep to the table.
    fn fits(&self, pairs: &[OwnedItem]) -> bool {
        let count = |key: &str| pairs.iter().filter(|pair| pair.keyword == key).count();
        let mut unknown = BTreeSet::new();
        let are_good = pairs.iter().enumerate().all(|(index, pair)| {
            let Some(rule) = self.section.rule(pair.keyword.as_bytes()) else {
                return unknown.insert(&pair.keyword);
            };
            let text = String::from_utf8_lossy(pair.text.as_deref().unwrap_or_default());
            let is_at_place = rule.place.is_none_or(|place| {
                let [first, second, last] = [0, 1, pairs.len() - 1];
                match format!("{place:?}").as_str() {
                    "First" => index == first,
                    "Second" => index == second,
                    "Last" => index == last,
                    other => unreachable!("no key is {other}"),
                }
            });
            let is_value = rule.arguments.iter().all(|one| one.count == Count::One);
            is_value && is_at_place && fits(rule, &[&text])
        });
        let are_there = self.section.rules.iter().all(|rule| {
            let times = count(rule.keyword);
            let is_needed = |key: &&str| times == 0 || count(key) > 0;
            (times > 0 || !rule.times.is_required())
                && (times < 2 || rule.times.may_repeat())
                && rule.needs.iter().all(is_needed)
        });
        are_good && are_there
    }
}
