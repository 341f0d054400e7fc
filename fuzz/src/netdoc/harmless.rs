//! Which changes the tables say are harmless.
//!
//! Each reason is a statement of a table; nothing here checks a document.

use std::ops::Range;

use tor_harness_netdoc::{Content, Place, Rule, Section};

use super::age::asked_for;
use super::change::Change;
use super::grammar::fits;
use super::scene::{Scene, Spot};

/// Why a change is harmless: what a table says.
type Reason = &'static str;

const UNNAMED: Reason = "no table names the item";

impl Scene {
    /// Why the table of the kind says that a change to an item is harmless; `None` where it
    /// does not, so that the check has to report something.
    #[must_use]
    pub fn harmless(&self, at: usize, change: Change) -> Option<Reason> {
        // As a newer document, it has to have what it had not to have before.
        (!self.lacks_more(at, change)).then(|| self.harmless_at_its_age(at, change))?
    }

    /// Whether a change makes the document as new as those that have to have what it has not.
    fn lacks_more(&self, at: usize, change: Change) -> bool {
        let mut all = self.rules.sections.iter().flat_map(|section| section.rules);
        if all.all(|rule| rule.since.is_none()) {
            return false;
        }
        let mut items = self.items.clone();
        match change.line(&items[at]) {
            Some((keyword, words)) => {
                items[at].keyword = keyword;
                items[at].text = Some(words.join(&b' '));
            }
            None if change == Change::Delete => drop(items.remove(at)),
            None => return false,
        }
        let before = asked_for(self.rules, &self.items);
        let asked_for = asked_for(self.rules, &items);
        let scene = Self::new(self.rules, items);
        asked_for
            .difference(&before)
            .any(|keyword| scene.is_missing_somewhere(keyword))
    }

    /// Whether a section that is there, and has a rule for this keyword, has no such item.
    fn is_missing_somewhere(&self, keyword: &str) -> bool {
        let rule = |spot: &&Spot| spot.section.rule(keyword.as_bytes()).is_some();
        let mut spots = self.spots.iter().filter(rule);
        spots.any(|spot| self.count(spot.part, keyword) == 0)
    }

    fn harmless_at_its_age(&self, at: usize, change: Change) -> Option<Reason> {
        match change {
            Change::Delete => self.may_be_missing(at),
            Change::Repeat => self.may_be_there_again(at),
            Change::MoveToFront | Change::MoveBehindNext | Change::MoveToEnd => {
                self.may_be_at(at, self.target(at, change))
            }
            Change::CutInKeyword => {
                let (keyword, _) = change.line(&self.items[at])?;
                // As another item, it would have to fit in.
                let is_unnamed = !self.rules.knows(keyword.as_bytes());
                let is_free = is_unnamed && !(self.begins(at) && self.is_closed_before(at));
                is_free.then(|| self.may_be_missing(at))?
            }
            Change::BreakKeyword => None,
            Change::CutBefore(_)
            | Change::CutWithin(_)
            | Change::Replace(..)
            | Change::BreakWord(_)
            | Change::Add => self.may_say(at, change),
            Change::AddObject
            | Change::DropObject
            | Change::Rename
            | Change::DropBegin
            | Change::DropEnd
            | Change::RenameEnd
            | Change::BreakBase64
            | Change::DropLastLine
            | Change::AlterLastLine => self.may_hold(at, change),
        }
    }

    fn may_be_missing(&self, at: usize) -> Option<Reason> {
        let spot = self.spots[at];
        let Some(rule) = spot.rule else {
            return Some(UNNAMED);
        };
        if self.begins(at) {
            return self.section_may_be_missing(at);
        }
        if self.count(spot.part, rule.keyword) > 1 {
            return Some("there is another");
        }
        let is_needed = self.part(spot.part).any(|other| {
            let other = self.spots[other].rule;
            other.is_some_and(|other| other.needs.contains(&rule.keyword))
        }) || self.is_last_of_several(at, rule);
        // Who is next to the first or the last would be so no more.
        let keeps_others = |beside: Place| {
            self.part(spot.part)
                .any(|other| self.place(other) == Some(beside))
        };
        let is_missed = match rule.place {
            Some(Place::First) => keeps_others(Place::Second),
            Some(Place::Last) => keeps_others(Place::NextToLast),
            _ => false,
        };
        let is_required = rule.times.is_required()
            && (rule.since.is_none() || asked_for(self.rules, &self.items).contains(rule.keyword));
        (!is_required && !is_needed && !is_missed).then_some("it need not be there")
    }

    /// Whether others need one of several, and this is the only one that is there.
    fn is_last_of_several(&self, at: usize, rule: &Rule) -> bool {
        let part = self.spots[at].part;
        let rules = self.part(part).filter_map(|other| self.spots[other].rule);
        let mut several = rules.map(|other| other.needs_one_of);
        several.any(|several| {
            let mut there = several.iter().filter(|one| self.count(part, one) > 0);
            several.contains(&rule.keyword) && there.all(|one| *one == rule.keyword)
        })
    }

    /// The same of the first item of a section: all that has a rule in it.
    ///
    /// What has none comes to the section before it, and so does what may be there as well.
    fn section_may_be_missing(&self, at: usize) -> Option<Reason> {
        let Spot { section, part, .. } = self.spots[at];
        let mut others = self.part(part).filter(|other| *other != at);
        let has_rest = self.part(part).count() > 1;
        let before = self.before(at);
        let is_all = others.all(|other| {
            let is_unnamed = self.spots[other].rule.is_none();
            is_unnamed || self.fits_in(other, before.section, before.part, at)
        });
        let has_another = self
            .spots
            .iter()
            .any(|spot| spot.part != part && spot.section.name == section.name);
        let may_go = has_another || !section.times.is_required();
        (is_all && may_go && !(has_rest && self.is_closed_before(at)))
            .then_some("its section need not be there")
    }

    /// Where the item before this one is.
    fn before(&self, at: usize) -> Spot {
        let before = at.checked_sub(1);
        before.map_or_else(|| self.start(), |before| self.spots[before])
    }

    /// Whether nothing may be added to the section before the one that this item begins.
    fn is_closed_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        self.part(self.spots[before].part)
            .any(|other| matches!(self.place(other), Some(Place::NextToLast | Place::Last)))
    }

    fn may_be_there_again(&self, at: usize) -> Option<Reason> {
        let spot = self.spots[at];
        let Some(rule) = spot.rule else {
            return Some(UNNAMED);
        };
        if self.begins(at) {
            let needs_more = spot.section.rules[1..]
                .iter()
                .any(|rule| rule.times.is_required());
            let may_repeat = spot.section.times.may_repeat() && !needs_more;
            return may_repeat.then_some("its section may be there again");
        }
        (rule.times.may_repeat() && rule.place.is_none()).then_some("it may be there again")
    }

    fn may_be_at(&self, at: usize, target: usize) -> Option<Reason> {
        // What it moves past, and what it comes to stand behind.
        let passed = match at < target {
            true => at + 1..target + 1,
            false => target..at,
        };
        let spot = self.spots[at];
        let to = match target.checked_sub(1) {
            None => self.start(),
            Some(before) if at <= before => self.spots[target],
            Some(before) => self.spots[before],
        };
        if self.begins(at) {
            return self.section_may_be_at(at, passed);
        }
        let forward = at < target;
        let is_behind_first = forward && self.place_in(target + 1, to.part) == Some(Place::Second);
        let is_kept_out = passed
            .clone()
            .any(|other| match self.place_in(other, to.part) {
                Some(Place::First | Place::Second) => !forward,
                Some(Place::NextToLast | Place::Last) => forward,
                None => false,
            });
        if self.place(at).is_some() || is_kept_out || is_behind_first {
            return None;
        }
        let Some(rule) = spot.rule else {
            return Some(UNNAMED);
        };
        if to.part != spot.part {
            let target = target + usize::from(forward);
            return self.may_change_section(at, to.section, to.part, target);
        }
        let mut others = passed.filter_map(|other| self.spots[other].rule);
        let is_free = !spot.section.is_ordered || others.all(|other| other.keyword == rule.keyword);
        is_free.then_some("its section has no order, and nothing that it passes has a place")
    }

    /// The place of an item, if it is in this section.
    fn place_in(&self, at: usize, part: usize) -> Option<Place> {
        let spot = self.spots.get(at).filter(|spot| spot.part == part)?;
        spot.rule?.place
    }

    /// Whether a section may begin elsewhere: behind what no table names, or, if it is of one rule,
    /// among others of its kind.
    fn section_may_be_at(&self, at: usize, mut passed: Range<usize>) -> Option<Reason> {
        let Spot { section, part, .. } = self.spots[at];
        if passed.clone().any(|other| self.spots[other].part == part) && self.is_closed_before(at) {
            return None;
        }
        let before = self.before(at);
        let is_single = section.rules.len() == 1 && section.rules[0].place.is_none();
        // It takes what the last one that it passes has.
        let needs_nothing = section.rules[1..]
            .iter()
            .all(|rule| !rule.times.is_required());
        let is_alone = needs_nothing && self.part(part).count() == 1;
        let is_like = |other: usize| {
            let is_section = self.spots[other].section.name == section.name;
            is_section && (is_single || self.begins(other))
        };
        let may_go_before = |other: usize| {
            let is_unnamed = self.spots[other].rule.is_none();
            is_unnamed
                || self
                    .may_change_section(other, before.section, before.part, at)
                    .is_some()
        };
        if passed
            .clone()
            .all(|other| self.spots[other].part == part && may_go_before(other))
        {
            Some("the section before it may have what it passes as well")
        } else if (is_single || is_alone) && passed.all(is_like) {
            Some("its section may be anywhere among its like")
        } else {
            None
        }
    }

    fn may_change_section(
        &self,
        at: usize,
        to: &Section,
        part: usize,
        target: usize,
    ) -> Option<Reason> {
        self.may_be_missing(at)?;
        self.fits_in(at, to, part, target)
            .then_some("another section may have it as well")
    }

    /// Whether an item may be in this section, too, before what is at `target`.
    fn fits_in(&self, at: usize, to: &Section, part: usize, target: usize) -> bool {
        let keyword = &self.items[at].keyword;
        let Some(rule) = to.rule(keyword.as_bytes()) else {
            return false;
        };
        let is_there = |keyword: &&str| self.count(part, keyword) > 0;
        let is_free = !is_there(&keyword.as_str()) || rule.times.may_repeat();
        let one_of = rule.needs_one_of;
        let has_needed =
            rule.needs.iter().all(is_there) && (one_of.is_empty() || one_of.iter().any(is_there));
        let has_no_place = rule.place.is_none() && rule.keyword != to.first();
        let rank = |keyword: &str| to.lookup(keyword.as_bytes());
        let is_in_order = !to.is_ordered
            || self.part(part).filter(|other| *other != at).all(|other| {
                let [own, other_rank] = [keyword, &self.items[other].keyword].map(|one| rank(one));
                other_rank.is_none_or(|_| match other < target {
                    true => other_rank <= own,
                    false => own <= other_rank,
                })
            });
        is_free && has_needed && has_no_place && is_in_order
    }

    fn may_say(&self, at: usize, change: Change) -> Option<Reason> {
        let (keyword, words) = change.line(&self.items[at])?;
        if keyword.is_empty() {
            // A comment, or by now what is none.
            let first = words.first().map_or(&b""[..], |first| first);
            let is_comment = first.is_empty() || first.starts_with(b"#");
            let is_keyword = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
            let is_item = !first.starts_with(b"-") && first.iter().all(is_keyword);
            return match is_comment {
                true => Some("a comment may say anything"),
                false => (is_item && !self.rules.knows(first)).then_some(UNNAMED),
            };
        }
        let Some(rule) = self.spots[at].rule else {
            return Some(UNNAMED);
        };
        let words: Vec<_> = words
            .iter()
            .map(|word| String::from_utf8_lossy(word))
            .collect();
        let words: Vec<_> = words.iter().map(|word| &**word).collect();
        if !fits(rule, &words) {
            return None;
        }
        Some(match change {
            Change::Add => "further words may be behind its arguments, or are one more",
            Change::CutBefore(_) => "the words that are left are all that it has to have",
            Change::CutWithin(_) => "what is left of the word is in its form",
            _ => "the other word is in the same form",
        })
    }

    fn may_hold(&self, at: usize, change: Change) -> Option<Reason> {
        // Where an object begins or ends is no matter of a table.
        if matches!(
            change,
            Change::DropBegin | Change::DropEnd | Change::RenameEnd
        ) {
            return None;
        }
        let Some(rule) = self.spots[at].rule else {
            return Some(UNNAMED);
        };
        let Rule {
            object_optional,
            content,
            ..
        } = rule;
        let has_lines = || {
            let object = self.items[at].object.as_ref();
            object
                .is_some_and(|object| object.body.iter().filter(|byte| **byte == b'\n').count() > 1)
        };
        match change {
            Change::DropObject => object_optional.then_some("its object may be missing"),
            Change::DropLastLine => match content {
                Content::Any => Some("its object is any number of bytes"),
                Content::Bytes => has_lines().then_some("its object is any number of bytes"),
                _ => None,
            },
            Change::AlterLastLine => match content {
                Content::Any | Content::Bytes | Content::Length(_) => {
                    Some("its object is any bytes")
                }
                // The first line has what is not the number itself.
                Content::RsaPublicKey { .. } => has_lines().then_some("any number is a key"),
                Content::Ed25519Certificate | Content::CertificateOfType(_) => {
                    has_lines().then_some("whether signatures hold is not looked at")
                }
            },
            _ => None,
        }
    }
}
