//! All problems of a document.

use alloc::vec::Vec;

use memchr::memmem;

use super::bytes::find_strange_bytes;
use super::place::Place;
use super::problem::{ParseError, Problem};
use super::problems::Problems;
use super::rule::Rule;
use super::section::{MAX_RULES, Rules, Section};
use super::since::Age;
use super::values::Values;
use crate::forms::Form;
use crate::structure::{Document, Item};

impl Rules {
    /// All problems by a table of one's own, in the order of their places: what no document
    /// may be like, and what the table and its laws say. None for a good document.
    ///
    /// Documents of a kind are checked by [`Kind::check`](crate::Kind::check), which also
    /// knows those that are no rows of items.
    ///
    /// There are a thousand at most, and behind them how many there are more.
    #[must_use]
    pub fn check(&self, document: &Document<'_>) -> Vec<ParseError> {
        let mut problems = Problems::default();
        find_strange_bytes(document, &mut problems);
        self.find_problems(document, &mut problems);
        problems.sorted(document.span().end)
    }

    /// Adds all problems of the items.
    pub(crate) fn find_problems(&self, document: &Document<'_>, problems: &mut Problems) {
        let mut all = self.sections.iter().flat_map(|section| section.rules);
        let has_ages = all.any(|rule| rule.since.is_some());
        let mut check = Check {
            source: document.source(),
            end: document.span().end,
            rules: self,
            age: Age::of(document, has_ages),
            problems,
            at: 0,
            seen: Seen::new(),
            been: 0,
            crlfs: 0,
            first_crlf: &[],
        };
        let mut has_items = false;
        for item in document.items() {
            if item.is_annotation() {
                if has_items {
                    check.push(Problem::Annotation, item.line());
                }
                check.line_ends(&item, None);
            } else if !(self.has_comments && item.line().starts_with(b"#")) {
                has_items = true;
                check.item(&item);
            }
        }
        check.end_section(check.end);
        check.sections_missing();
        if let Some(more) = check.crlfs.checked_sub(1) {
            check.push(Problem::CrLf(more), check.first_crlf);
        }
        for law in self.laws {
            law.check(document, problems);
        }
    }
}

/// A document that is being checked.
struct Check<'a, 'r> {
    source: &'a [u8],
    /// Where it ends in the source.
    end: usize,
    rules: &'r Rules,
    age: Age<'a>,
    problems: &'r mut Problems,
    /// The index of the section that the last item was in.
    at: usize,
    /// What was there of it.
    seen: Seen<'a>,
    /// The sections that have been there, a bit each.
    been: u32,
    /// How many lines end in CRLF, and the end of the first.
    crlfs: usize,
    first_crlf: &'a [u8],
}

/// What has been seen of a section.
struct Seen<'a> {
    /// How many items.
    count: usize,
    /// How often each rule's, up to 2.
    times: [u8; MAX_RULES],
    /// Those that have a place: the rule, the index, the line.
    placed: Vec<(&'static Rule, Place, usize, &'a [u8])>,
    /// The last rule of an ordered section.
    last: usize,
}

impl Seen<'_> {
    fn new() -> Self {
        Self {
            count: 0,
            times: [0; MAX_RULES],
            placed: Vec::new(),
            last: 0,
        }
    }
}

impl<'a> Check<'a, '_> {
    fn push(&mut self, problem: Problem, part: &[u8]) {
        self.problems.push(problem.of(part, self.source));
    }

    fn section(&self) -> &'static Section {
        &self.rules.sections[self.at]
    }

    fn item(&mut self, item: &Item<'a>) {
        let keyword = item.keyword_bytes();
        if keyword.is_empty() {
            self.push(Problem::Keyword, item.line());
        }
        if let Some(object) = item.object().filter(|object| !object.is_ended) {
            self.push(Problem::ObjectEnd, object.no_end(self.source, self.end));
        }
        self.enter(item);
        let index = self.seen.count;
        self.seen.count += 1;
        let section = self.section();
        let at = section.lookup(keyword);
        self.line_ends(item, at.map(|at| &section.rules[at]));
        let Some(at) = at else {
            let others = self.rules.sections.iter();
            let owner = others
                .filter_map(|other| Some((other, other.lookup(keyword)?)))
                .next();
            if let Some((owner, rule)) = owner {
                let rule = &owner.rules[rule];
                self.push(Problem::OutOfSection(rule.keyword, owner.name), item.line());
            }
            return;
        };
        let rule = &section.rules[at];
        self.order(item, at);
        let times = &mut self.seen.times[at];
        *times = times.saturating_add(1);
        if *times > 1 && !rule.times.may_repeat() {
            self.push(Problem::Repeated(rule.keyword), item.line());
        } else if let Some(place) = rule.place {
            self.seen.placed.push((rule, place, index, item.line()));
        }
        self.arguments(item, rule);
        self.object(item, rule);
    }

    /// Counts the lines of an item that end in CRLF. In free text the CR is a part of that.
    fn line_ends(&mut self, item: &Item<'a>, rule: Option<&Rule>) {
        if self.rules.has_comments {
            return;
        }
        let last = rule.and_then(|rule| rule.arguments.last());
        let is_text = last.is_some_and(|argument| argument.form == Form::Text);
        let behind = &item.as_bytes()[item.line().len()..];
        let ends = memmem::find_iter(behind, b"\r\n");
        for end in ends.skip_while(|end| is_text && *end == 0) {
            if self.crlfs == 0 {
                self.first_crlf = &behind[end..end + 2];
            }
            self.crlfs += 1;
        }
    }

    /// Begins a section, if this item does.
    fn enter(&mut self, item: &Item<'a>) {
        let sections = self.rules.sections;
        let keyword = item.keyword_bytes();
        let begins = |section: &Section| section.first().as_bytes() == keyword;
        // The first section is there from the start.
        let is_start = self.at == 0 && begins(&sections[0]) && self.been & 1 == 0;
        if is_start {
            self.been |= 1;
            return;
        }
        let Some(next) = sections.iter().position(begins) else {
            return;
        };
        let section = &sections[next];
        let again = self.been & (1 << next) != 0;
        if next == 0 && again {
            // Its first item has a rule that says so.
            return;
        }
        self.end_section(item.span().start);
        if next < self.at || (again && !section.times.may_repeat()) {
            self.push(Problem::SectionMisplaced(section.name), item.line());
        }
        self.at = next;
        self.been |= 1 << next;
    }

    /// What can only be said when the section is over, at this offset.
    fn end_section(&mut self, end: usize) {
        let section = self.section();
        let seen = core::mem::replace(&mut self.seen, Seen::new());
        for (rule, place, index, line) in seen.placed {
            if !place.is_at(index, seen.count) {
                self.push(Problem::Misplaced(rule.keyword, place), line);
            }
        }
        let age = self.age;
        let is_missing = |at: usize| {
            let rule = &section.rules[at];
            let is_of_age = || rule.since.is_none_or(|since| age.reaches(since));
            seen.times[at] == 0 && rule.times.is_required() && is_of_age()
        };
        // One that is missing anyway is not said to be needed, too.
        let lacks = |keyword: &str| match section.lookup(keyword.as_bytes()) {
            Some(at) => seen.times[at] == 0 && !is_missing(at),
            None => true,
        };
        let end = &self.source[end..end];
        for (at, rule) in section.rules.iter().enumerate() {
            if is_missing(at) {
                self.push(Problem::Missing(rule.keyword), end);
            }
            if seen.times[at] > 0 {
                for needed in rule.needs.iter().filter(|needed| lacks(needed)) {
                    self.push(Problem::Needed(rule.keyword, needed), end);
                }
                let one_of = rule.needs_one_of;
                if !one_of.is_empty() && one_of.iter().all(|needed| lacks(needed)) {
                    self.push(Problem::NeededOneOf(rule.keyword, one_of), end);
                }
            }
        }
    }

    fn sections_missing(&mut self) {
        let end = self.end;
        // The first one's items are all missing, then.
        for (index, section) in self.rules.sections.iter().enumerate().skip(1) {
            if section.times.is_required() && self.been & (1 << index) == 0 {
                self.push(
                    Problem::SectionMissing(section.name),
                    &self.source[end..end],
                );
            }
        }
    }

    fn order(&mut self, item: &Item<'_>, rule: usize) {
        let section = self.section();
        if !section.is_ordered {
            return;
        }
        if rule < self.seen.last {
            let [rule, last] = [rule, self.seen.last].map(|rule| section.rules[rule].keyword);
            self.push(Problem::Order(rule, last), item.line());
        } else {
            self.seen.last = rule;
        }
    }

    fn arguments(&mut self, item: &Item<'_>, rule: &'static Rule) {
        let mut values = Values::new(rule, item);
        match values.each(|_, _| {}) {
            Err(error) => self.problems.push(error),
            Ok(()) if rule.no_extra && !values.extra().is_empty() => {
                self.push(Problem::Trailing, values.extra());
            }
            Ok(()) => {}
        }
    }

    fn object(&mut self, item: &Item<'_>, rule: &Rule) {
        // Where an object stands, or should.
        let place = match item.object() {
            Some(_) => item.as_bytes()[item.line().len()..].trim_ascii_start(),
            None => item.line(),
        };
        let (problem, place) = match (rule.object, item.object()) {
            (None, None) => return,
            (None, Some(_)) => (Problem::ObjectUnexpected, place),
            (Some(_), None) if rule.object_optional => return,
            (Some(label), Some(object))
                if object.label == label || rule.other_label == Some(object.label) =>
            {
                let problem = Problem::ObjectContent(rule.content);
                match object.decode() {
                    _ if !object.is_ended => return,
                    Some(bytes) if rule.content.is_met(&bytes) => return,
                    Some(_) => (problem, place),
                    None => (problem, object.damage()),
                }
            }
            (Some(label), _) => (Problem::ObjectExpected(label), place),
        };
        self.push(problem, place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Form;
    use crate::rules::{Argument, Content, Times};
    use crate::testing::problems;

    #[rustfmt::skip]
    static RULES: Rules = Rules::new(&[Section::new("document", Times::Exactly, &[
        Rule::exactly_once("first").at(Place::First).takes(&[Argument::one("name", Form::Word)]),
        Rule::exactly_once("second").at(Place::Second),
        Rule::at_most_once("key").no_extra().object("KEY", Content::Bytes),
        Rule::any_number("many"),
        Rule::exactly_once("before").at(Place::NextToLast),
        Rule::exactly_once("last").at(Place::Last),
    ])]);

    /// Expects exactly these problems, each as `LINE:COLUMN problem`.
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(problems(&RULES, text.as_bytes()), expected, "{text}");
    }

    #[test]
    fn finds_nothing_wrong() {
        check("first a\nsecond\nbefore\nlast\n", &[]);
        check(
            "@type a\n\nfirst a b\nsecond x\nmany\nnew x\nmany\nkey\n-----BEGIN KEY-----\nAA==\n\
             -----END KEY-----\nbefore\nlast\n\n",
            &[],
        );
    }

    #[test]
    fn finds_everything() {
        check(
            "second\nfirst\nfirst x\nkey a\n@type b\n_\nlast\n",
            &[
                "1:1 expected the item \"second\" right behind the first item",
                "2:1 expected the item \"first\" at the start",
                "2:6 expected name, a word",
                "3:1 expected one item \"first\", and here is more",
                "4:1 expected an object, -----BEGIN KEY-----",
                "4:5 expected the end of the line",
                "5:1 expected annotations only in front of the document's first item",
                "6:1 expected a keyword: letters, digits and hyphens",
                "8:1 expected an item \"before\", and there is none",
            ],
        );
    }

    #[test]
    fn finds_wrong_objects() {
        check(
            "first a\nsecond\n-----BEGIN KEY-----\n-----END KEY-----\nkey\n-----BEGIN A-----\n\
             -----END A-----\nmany\nbefore\nlast\n",
            &[
                "3:1 an object where none belongs",
                "6:1 expected an object, -----BEGIN KEY-----",
            ],
        );
    }

    /// Where the first byte is that does not belong there.
    #[test]
    fn places_damage_in_objects() {
        let end = Problem::ObjectEnd;
        let base64 = Problem::ObjectContent(Content::Bytes);
        for (object, place, problem) in [
            ("AAA*\n-----END KEY-----\n", "5:4", base64),
            ("AAAA\nAAAA\nA AA\n-----END KEY-----\n", "7:2", base64),
            ("AA=A\nAAAA\n-----END KEY-----\n", "5:3", base64),
            ("AA==\nAAAA\n-----END KEY-----\n", "5:3", base64),
            // A digit too many, one too few, bits that say nothing.
            ("AAAA\nAAAAA\n-----END KEY-----\n", "6:5", base64),
            ("AAAA\nAA=\n-----END KEY-----\n", "6:1", base64),
            ("AAAA\r\nAAF=\n-----END KEY-----\n", "6:3", base64),
            // Nothing at all.
            ("-----END KEY-----\n", "4:1", base64),
            // What ends it is no end.
            ("AAAA\nbefore x\nlast\n", "6:7", end),
            ("AAAA\nAA-A\n-----END KEY-----\n", "6:3", end),
            ("AAAA\n-----END KEYS-----\n", "6:1", end),
            ("AAAA*\n\nAAAA\n-----END KEY-----\n", "5:5", base64),
            ("AAAA\n", "6:1", end),
            ("", "5:1", end),
        ] {
            let text = alloc::format!("first a\nsecond\nkey\n-----BEGIN KEY-----\n{object}");
            let expected = alloc::format!("{place} {problem}");
            let found = problems(&RULES, text.as_bytes());
            assert!(found.contains(&expected), "{text}{found:#?}");
            let ends = found.iter().filter(|found| found.contains("base64"));
            assert_eq!(ends.count(), 1, "{text}{found:#?}");
        }
    }
}
