//! A cursor over the arguments of one keyword line.

use core::str::FromStr;

use crate::problem::{ParseError, Problem};

/// A cursor over the arguments of one keyword line, which spaces and tabs
/// separate (section 1.2). As an iterator it gives them as bytes.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a> {
    rest: &'a [u8],
    source: &'a [u8],
}

impl<'a> Arguments<'a> {
    pub(crate) fn new(text: &'a [u8], source: &'a [u8]) -> Self {
        Self { rest: text, source }
    }

    /// Takes the next argument as a value of its type; `what` is what an error
    /// says was expected.
    ///
    /// # Errors
    /// If there is none, or it is no such value.
    pub fn value<T: FromStr>(&mut self, what: &'static str) -> Result<T, ParseError> {
        let argument = self.next().unwrap_or(self.rest);
        core::str::from_utf8(argument)
            .ok()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Problem::Expected(what).of(argument, self.source))
    }

    /// Takes all that is left, as text; `what` is what an error says was expected.
    ///
    /// # Errors
    /// If it is not UTF-8, or there is nothing.
    pub fn rest(&mut self, what: &'static str) -> Result<&'a str, ParseError> {
        let rest = self.rest.trim_ascii();
        self.rest = &self.rest[self.rest.len()..];
        match core::str::from_utf8(rest) {
            Ok(text) if !text.is_empty() => Ok(text),
            _ => Err(Problem::Expected(what).of(rest, self.source)),
        }
    }
}

impl<'a> Iterator for Arguments<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
        let start = self.rest.iter().position(|byte| !is_space(byte));
        let word = &self.rest[start.unwrap_or(self.rest.len())..];
        let end = word.iter().position(is_space).unwrap_or(word.len());
        let (word, rest) = word.split_at(end);
        self.rest = rest;
        start.map(|_| word)
    }
}
