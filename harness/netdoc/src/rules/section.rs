//! The tables: rules for a section, sections for a document.

use super::law::Law;
use super::place::Times;
use super::rule::Rule;

/// The most rules that a section may have.
pub const MAX_RULES: usize = 96;

/// How many places the lookup table has: more than twice the rules.
const SLOTS: usize = 256;

/// What a kind of document has to be like: sections in order.
///
/// ```
/// use tor_harness_netdoc::{Argument, Document, Form, Place, Rule, Rules, Section, Times};
///
/// static RULES: Rules = Rules::new(&[Section::new("extra-info", Times::Exactly, &[
///     Rule::exactly_once("extra-info").at(Place::First),
///     Rule::at_most_once("published").takes(&[Argument::one("time", Form::Time)]),
///     Rule::any_number("transport"),
/// ])]);
/// let document = Document::new(b"extra-info a B\ntransport obfs4\n");
/// assert!(RULES.check(&document).is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The sections, in the order in which they have to be.
    pub sections: &'static [Section],
    /// What has to hold between the items.
    pub laws: &'static [Law],
    /// Whether lines that begin with `#` say nothing, as in the files that tor keeps; lines
    /// may end in CRLF there.
    pub has_comments: bool,
}

/// A part of a document, with the rules for its items.
///
/// A section begins with the item of its first rule. The first section of a
/// document is there from the start.
#[derive(Debug)]
pub struct Section {
    /// What the specification calls it.
    pub name: &'static str,
    /// How often it may be there.
    pub times: Times,
    /// The rules; that of the item which begins the section comes first.
    pub rules: &'static [Rule],
    /// Whether the items have to come in the order of the rules.
    pub is_ordered: bool,
    /// For each hash of a keyword one more than the index of its rule, or 0.
    slots: [u8; SLOTS],
}

impl Rules {
    /// A table of sections.
    #[must_use]
    pub const fn new(sections: &'static [Section]) -> Self {
        Self {
            sections,
            laws: &[],
            has_comments: false,
        }
    }

    /// The same, with what has to hold between the items.
    #[must_use]
    pub const fn laws(mut self, laws: &'static [Law]) -> Self {
        self.laws = laws;
        self
    }

    /// The same, where lines that begin with `#` say nothing.
    #[must_use]
    pub const fn comments(mut self) -> Self {
        self.has_comments = true;
        self
    }

    /// Whether any section has a rule for this keyword.
    #[must_use]
    pub fn knows(&self, keyword: &[u8]) -> bool {
        self.sections
            .iter()
            .any(|section| section.lookup(keyword).is_some())
    }

    /// The keyword that a document of this kind starts with.
    #[must_use]
    pub fn first(&self) -> &'static str {
        self.sections[0].first()
    }
}

impl Section {
    /// A table of rules. Items that it does not name may be there any number of times.
    ///
    /// # Panics
    /// If there are no rules, more than [`MAX_RULES`], or two for one keyword: when it
    /// is compiled.
    #[must_use]
    pub const fn new(name: &'static str, times: Times, rules: &'static [Rule]) -> Self {
        assert!(!rules.is_empty() && rules.len() <= MAX_RULES);
        let mut slots = [0; SLOTS];
        let mut rule = 0;
        while rule < rules.len() {
            let keyword = rules[rule].keyword.as_bytes();
            let mut slot = hash(keyword);
            while slots[slot] != 0 {
                let other = rules[slots[slot] as usize - 1].keyword.as_bytes();
                assert!(!is_same(keyword, other), "a keyword is twice in a section");
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = rule as u8 + 1;
            rule += 1;
        }
        Self {
            name,
            times,
            rules,
            is_ordered: false,
            slots,
        }
    }

    /// The same, whose items come in the order of the rules.
    #[must_use]
    pub const fn in_order(mut self) -> Self {
        self.is_ordered = true;
        self
    }

    /// The keyword that begins it.
    #[must_use]
    pub fn first(&self) -> &'static str {
        self.rules[0].keyword
    }

    /// The rule for a keyword.
    #[must_use]
    pub fn rule(&self, keyword: &[u8]) -> Option<&'static Rule> {
        self.lookup(keyword).map(|rule| &self.rules[rule])
    }

    /// The index of the rule for a keyword.
    #[must_use]
    #[inline]
    pub fn lookup(&self, keyword: &[u8]) -> Option<usize> {
        let mut slot = hash(keyword);
        loop {
            let rule = usize::from(self.slots[slot]).checked_sub(1)?;
            if self.rules[rule].keyword.as_bytes() == keyword {
                return Some(rule);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

/// What `==` says, which is not for constants.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// Where the search for a keyword starts: its length and three of its bytes tell
/// most keywords apart.
#[inline]
const fn hash(keyword: &[u8]) -> usize {
    let length = keyword.len();
    if length == 0 {
        return 0;
    }
    let [first, middle, last] = [keyword[0], keyword[length / 2], keyword[length - 1]];
    let sum = length * 7 + first as usize * 31 + middle as usize * 17 + last as usize * 5;
    sum % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "a keyword is twice in a section")]
    fn has_one_rule_for_a_keyword() {
        // `ab-d` and `ac-d` have the same hash; the table holds both.
        static RULES: [Rule; 3] = [
            Rule::any_number("ab-d"),
            Rule::any_number("ac-d"),
            Rule::any_number("ab-d"),
        ];
        let two = Section::new("two", Times::Any, &RULES[..2]);
        assert_eq!(
            [b"ab-d", b"ac-d"].map(|keyword| two.lookup(keyword)),
            [Some(0), Some(1)]
        );
        let _ = Section::new("twice", Times::Any, &RULES);
    }
}
