//! One row of pairs.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::forms::{Form, FromValue};
use crate::rules::{MAX_RULES, ParseError, Problem, Problems, Rule, Section};

/// A row of `KEY=VALUE` pairs: the header or a relay's line of a bandwidth file, an
/// entry of a list of directories.
///
/// It is checked by a [`Section`] whose keywords are the keys, each with one argument.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    section: &'static Section,
    source: &'a [u8],
    bytes: &'a [u8],
    pairs: Vec<Pair<'a>>,
}

/// A key with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pair<'a> {
    /// The key; for a value without one the name that the table has for it, and
    /// nothing where the table has none.
    pub key: &'a [u8],
    /// The value.
    pub value: &'a [u8],
    /// Whether the value stands there without a key.
    pub is_bare: bool,
}

impl<'a> Pair<'a> {
    /// A word that may be a pair: `KEY=VALUE`, with letters, digits, `-` and `_` in the key.
    pub(super) fn read(word: &'a [u8]) -> Self {
        let key = word.iter().take_while(|byte| is_key(**byte)).count();
        match word.get(key) {
            Some(b'=') if key > 0 => Self {
                key: &word[..key],
                value: &word[key + 1..],
                is_bare: false,
            },
            _ => Self::bare("", word),
        }
    }

    /// A value without a key, which the table calls so.
    pub(super) fn bare(key: &'static str, value: &'a [u8]) -> Self {
        Self {
            key: key.as_bytes(),
            value,
            is_bare: true,
        }
    }
}

impl<'a> Entry<'a> {
    /// Pairs of `bytes`, which are part of `source`.
    pub(super) fn new(
        section: &'static Section,
        source: &'a [u8],
        bytes: &'a [u8],
        pairs: Vec<Pair<'a>>,
    ) -> Self {
        Self {
            section,
            source,
            bytes,
            pairs,
        }
    }

    /// What its keys have to be like.
    #[must_use]
    pub fn section(&self) -> &'static Section {
        self.section
    }

    /// The bytes as they came.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The pairs in order, known or not.
    #[must_use]
    pub fn pairs(&self) -> &[Pair<'a>] {
        &self.pairs
    }

    /// The first value of a key as it came.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&'a [u8]> {
        let mut pairs = self.pairs.iter();
        Some(pairs.find(|pair| pair.key == key.as_bytes())?.value)
    }

    /// The first value of a key, which has to be there.
    ///
    /// # Errors
    /// If it is not there, or not in its form.
    pub fn one<T: FromValue<'a>>(&self, key: &'static str) -> Result<T, ParseError> {
        self.maybe(key)?
            .ok_or_else(|| Problem::Missing(key).of(self.end(), self.source))
    }

    /// The first value of a key, which need not be there.
    ///
    /// # Errors
    /// If it is not in its form.
    pub fn maybe<T: FromValue<'a>>(&self, key: &str) -> Result<Option<T>, ParseError> {
        let Some((rule, value)) = self.section.rule(key.as_bytes()).zip(self.value(key)) else {
            return Ok(None);
        };
        let read = form(rule).read(value).and_then(T::from_value);
        read.map(Some).ok_or_else(|| self.wrong(rule, value))
    }

    /// Adds all problems of this entry.
    pub(super) fn check(&self, problems: &mut Problems) {
        let mut times = [0_u8; MAX_RULES];
        let mut unknown = BTreeSet::new();
        for (index, pair) in self.pairs.iter().enumerate() {
            let Some(at) = self.section.lookup(pair.key) else {
                let wrong = match pair.key {
                    [] => Some("KEY=VALUE"),
                    key if !unknown.insert(key) => Some("each key once"),
                    _ => None,
                };
                problems.extend(wrong.map(|what| self.of(Problem::Expected(what), pair.value)));
                continue;
            };
            let rule = &self.section.rules[at];
            times[at] = times[at].saturating_add(1);
            if times[at] > 1 && !rule.times.may_repeat() {
                problems.push(self.of(Problem::Repeated(rule.keyword), pair.value));
            } else if let Some(place) = rule.place
                && !place.is_at(index, self.pairs.len())
            {
                problems.push(self.of(Problem::Misplaced(rule.keyword, place), pair.value));
            }
            if form(rule).read(pair.value).is_none() {
                problems.push(self.wrong(rule, pair.value));
            }
        }
        for (rule, times) in self.section.rules.iter().zip(times) {
            if times == 0 && rule.times.is_required() {
                problems.push(self.of(Problem::Missing(rule.keyword), self.end()));
            }
            let needed = rule.needs.iter().filter(|_| times > 0);
            problems.extend(
                needed
                    .filter(|key| self.value(key).is_none())
                    .map(|key| self.of(Problem::Needed(rule.keyword, key), self.end())),
            );
        }
    }

    /// Writes the pairs from their values, with this between them.
    pub fn write(&self, between: u8, out: &mut Vec<u8>) {
        for (index, pair) in self.pairs.iter().enumerate() {
            if index > 0 {
                out.push(between);
            }
            if !pair.is_bare {
                out.extend_from_slice(pair.key);
                out.push(b'=');
            }
            let form = self.section.rule(pair.key).map_or(Form::Text, form);
            match form.read(pair.value) {
                Some(value) => form.write(&value, out),
                None => out.extend_from_slice(pair.value),
            }
        }
    }

    /// A problem in a part of this.
    pub(super) fn of(&self, problem: Problem, part: &[u8]) -> ParseError {
        problem.of(part, self.source)
    }

    fn wrong(&self, rule: &'static Rule, value: &[u8]) -> ParseError {
        let problem = match rule.arguments {
            [argument, ..] => Problem::Argument(argument),
            [] => Problem::Trailing,
        };
        self.of(problem, value)
    }

    fn end(&self) -> &'a [u8] {
        &self.bytes[self.bytes.len()..]
    }
}

fn form(rule: &'static Rule) -> Form {
    rule.arguments
        .first()
        .map_or(Form::Text, |argument| argument.form)
}

fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}
