//! A cursor over the words of one line.

use alloc::borrow::Cow;
use core::str::FromStr;

use memchr::memchr;

use crate::problem::{ParseError, Problem};
use crate::quoted::{Escapes, unquote};

/// A cursor over the words of one line, which single spaces separate.
#[derive(Clone, Copy, Debug)]
pub struct Tokens<'a> {
    line: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    /// A cursor at the start of a line.
    #[must_use]
    pub fn new(line: &'a [u8]) -> Self {
        Self { line, rest: line }
    }

    /// What has not been taken yet.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Takes everything that is left, as text.
    ///
    /// # Errors
    /// If it is not UTF-8.
    pub fn rest_text(&mut self, what: &'static str) -> Result<&'a str, ParseError> {
        let rest = core::mem::take(&mut self.rest);
        self.text(rest, what)
    }

    /// Takes the next word, or `None` at the end of the line.
    pub fn word(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = memchr(b' ', self.rest).unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        Some(word)
    }

    /// Takes the next word, which has to be there, as text.
    ///
    /// # Errors
    /// If there is none, or an empty one between two spaces, or it is not UTF-8.
    pub fn required(&mut self, what: &'static str) -> Result<&'a str, ParseError> {
        match self.word() {
            Some(word) if !word.is_empty() => self.text(word, what),
            _ => Err(self.missing(what)),
        }
    }

    /// Takes the next word, which has to be a number.
    ///
    /// # Errors
    /// If there is none, or it is no number of that type.
    pub fn number<T: FromStr>(&mut self, what: &'static str) -> Result<T, ParseError> {
        let word = self.required(what)?;
        word.parse()
            .map_err(|_| Problem::Number(what).of(word.as_bytes(), self.line))
    }

    /// Takes `prefix` if it is next.
    pub fn skip(&mut self, prefix: &[u8]) -> bool {
        match self.rest.strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes the quoted string that is next, and the space behind it.
    ///
    /// # Errors
    /// If there is none, or it is not well formed.
    pub fn quoted(&mut self) -> Result<Cow<'a, [u8]>, ParseError> {
        let before = self.line.len() - self.rest.len();
        let (value, rest) = unquote(self.rest, Escapes::C)
            .map_err(|e| e.problem.at(before + e.span.start..before + e.span.end))?;
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        Ok(value)
    }

    /// The error that `what` is not there, at the place that was reached.
    #[must_use]
    pub fn missing(&self, what: &'static str) -> ParseError {
        let at = self.line.len() - self.rest.len();
        Problem::Missing(what).at(at..self.line.len())
    }

    fn text(&self, word: &'a [u8], what: &'static str) -> Result<&'a str, ParseError> {
        core::str::from_utf8(word).map_err(|_| Problem::NotUtf8(what).of(word, self.line))
    }
}
