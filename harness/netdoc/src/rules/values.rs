//! The arguments of an item, read as its rule says.

use alloc::vec::Vec;

use super::argument::{Argument, Count};
use super::problem::{ParseError, Problem};
use super::rule::Rule;
use crate::forms::{Form, FromValue, Value};
use crate::structure::{Arguments, Item};

/// A cursor over the arguments of an item, which it reads as a [`Rule`] says.
#[derive(Clone, Debug)]
pub struct Values<'a> {
    expected: &'static [Argument],
    words: Arguments<'a>,
    source: &'a [u8],
}

impl<'a> Values<'a> {
    /// The arguments of `item`.
    #[must_use]
    pub fn new(rule: &'static Rule, item: &Item<'a>) -> Self {
        let has_more = || item.arguments().count() >= rule.longer.len();
        let expected = match rule.longer {
            [] => rule.arguments,
            longer if has_more() => longer,
            _ => rule.arguments,
        };
        Self {
            expected,
            words: item.arguments(),
            source: item.source(),
        }
    }

    /// How many arguments the rule still names.
    #[must_use]
    pub fn expected(&self) -> usize {
        self.expected.len()
    }

    /// Takes the next argument, which has to be there.
    ///
    /// # Errors
    /// If it is not there, or not in its form.
    pub fn one<T: FromValue<'a>>(&mut self) -> Result<T, ParseError> {
        let Some((argument, expected)) = self.expected.split_first() else {
            return Err(Problem::Trailing.of(self.words.as_bytes(), self.source));
        };
        self.expected = expected;
        self.take(argument)
    }

    /// Takes the next argument, which need not be there.
    ///
    /// # Errors
    /// If it is there and not in its form.
    pub fn optional<T: FromValue<'a>>(&mut self) -> Result<Option<T>, ParseError> {
        if self.words.is_empty() {
            self.expected = self.expected.get(1..).unwrap_or_default();
            return Ok(None);
        }
        self.one().map(Some)
    }

    /// Takes all that are left, which have the form of the next.
    ///
    /// # Errors
    /// Of the first that is not in its form.
    pub fn all<T: FromValue<'a>>(&mut self) -> Result<Vec<T>, ParseError> {
        let expected = self.expected;
        let mut values = Vec::new();
        while !self.words.is_empty() {
            self.expected = expected;
            values.push(self.one()?);
        }
        Ok(values)
    }

    /// Takes all arguments that the rule names, with their names.
    ///
    /// # Errors
    /// Of the first that is not there, or not in its form.
    pub fn named(&mut self) -> Result<Vec<(&'static Argument, Value<'a>)>, ParseError> {
        let mut values = Vec::new();
        self.each(|argument, value| values.push((argument, value)))?;
        Ok(values)
    }

    /// The same, one after the other, none of which is kept.
    ///
    /// # Errors
    /// Of the first that is not there, or not in its form.
    pub fn each(
        &mut self,
        mut found: impl FnMut(&'static Argument, Value<'a>),
    ) -> Result<(), ParseError> {
        for argument in core::mem::take(&mut self.expected) {
            let may_be_missing = matches!(argument.count, Count::Optional | Count::Any);
            let repeats = matches!(argument.count, Count::Any | Count::Some);
            let mut again = !(may_be_missing && self.words.is_empty());
            while again {
                found(argument, self.take(argument)?);
                again = repeats && !self.words.is_empty();
            }
        }
        Ok(())
    }

    /// What is behind the arguments that have been taken.
    #[must_use]
    pub fn extra(&self) -> &'a [u8] {
        self.words.as_bytes().trim_ascii()
    }

    /// The value of the next words.
    fn take<T: FromValue<'a>>(&mut self, argument: &'static Argument) -> Result<T, ParseError> {
        let given = match argument.form.words() {
            _ if argument.form == Form::Host => self.words.take_host(),
            Some(count) => self.words.take_words(count),
            None => self.words.take_all(),
        };
        // A type that the form does not give can only be a mistake in a kind.
        T::read(argument.form, given)
            .ok_or_else(|| Problem::Argument(argument).of(given, self.source))
    }
}
