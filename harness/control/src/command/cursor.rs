//! A cursor over a command's arguments.

use alloc::borrow::Cow;
use core::str::FromStr;

use memchr::memchr;
use tor_harness_types::Span;

use crate::command::RawCommand;
use crate::command::keyword::Found;
use crate::command::white_space::{is_white, trim_end, trim_start};
use crate::data::Data;
use crate::problem::{ParseError, Problem};

/// A cursor over a command's arguments, cut as tor cuts them.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    arguments: &'a [u8],
    rest: &'a [u8],
    body: Option<Data<'a>>,
}

impl<'a> Cursor<'a> {
    /// A cursor at the first argument.
    pub(super) fn new(raw: &RawCommand<'a>) -> Self {
        Self {
            arguments: raw.arguments,
            rest: trim_end(raw.arguments),
            body: raw.body,
        }
    }

    /// Takes the next word, which spaces separate from others. Other white
    /// space separates none, but is not part of a word that it starts or ends.
    pub(super) fn word(&mut self) -> Result<Option<&'a str>, ParseError> {
        let end = memchr(b' ', self.rest).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = trim_start(rest);
        if word.is_empty() {
            return Ok(None);
        }
        self.text(trim_end(word)).map(Some)
    }

    /// Takes the next word, which has to be there.
    pub(super) fn required(&mut self, what: &'static str) -> Result<&'a str, ParseError> {
        self.word()?.ok_or_else(|| self.missing(what))
    }

    /// Takes the next word, which has to be a number.
    pub(super) fn number<T: FromStr>(&mut self, what: &'static str) -> Result<T, ParseError> {
        let word = self.required(what)?;
        self.parse(word, what)
    }

    /// Takes the next flag or `KEY=VALUE`, which any white space separates from
    /// others.
    pub(super) fn keyword(&mut self) -> Result<Option<Found<'a>>, ParseError> {
        let (word, rest) = self.rest.split_at(pair_end(self.rest));
        self.go_on(rest);
        if word.is_empty() {
            return Ok(None);
        }
        if !word.iter().copied().all(is_plain) {
            return Err(self.problem(Problem::Expected("ASCII without quotes"), word));
        }
        let found = Found::new(self.text(word)?);
        if found.key.is_empty() {
            return Err(self.problem(Problem::Expected("a key before `=`"), word));
        }
        Ok(Some(found))
    }

    /// Takes the next `KEY=VALUE`.
    pub(super) fn pair(&mut self) -> Result<Option<(Found<'a>, &'a str)>, ParseError> {
        let Some(found) = self.keyword()? else {
            return Ok(None);
        };
        match found.value {
            Some(value) => Ok(Some((found, value))),
            None => Err(self.problem(Problem::Expected("KEY=VALUE"), found.text.as_bytes())),
        }
    }

    /// The value of an argument, as a number.
    pub(super) fn parse<T: FromStr>(
        &self,
        value: &str,
        what: &'static str,
    ) -> Result<T, ParseError> {
        value
            .parse()
            .map_err(|_| self.problem(Problem::Number(what), value.as_bytes()))
    }

    /// The value of an argument, as a list that commas separate and that has to
    /// have something in it.
    pub(super) fn list(
        &self,
        value: &'a str,
        what: &'static str,
    ) -> Result<impl Iterator<Item = &'a str> + use<'a>, ParseError> {
        let words = value.split(',').filter(|word| !word.is_empty());
        match words.clone().next() {
            Some(_) => Ok(words),
            None => Err(self.problem(Problem::Missing(what), value.as_bytes())),
        }
    }

    /// The data block, which has to have a line.
    pub(super) fn body(&mut self) -> Result<Cow<'a, [u8]>, ParseError> {
        match self.body.take() {
            Some(data) if !data.raw().is_empty() => Ok(data.text()),
            _ => {
                let end = self.arguments.len();
                Err(Problem::Missing("a data block").at(end..end))
            }
        }
    }

    /// What has not been taken, without white space around it.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Goes on behind a flag, a `KEY=VALUE` or a quoted string.
    pub(super) fn go_on(&mut self, rest: &'a [u8]) {
        let start = rest.iter().position(|byte| !separates_pairs(*byte));
        self.rest = &rest[start.unwrap_or(rest.len())..];
    }

    /// Takes whatever is left.
    pub(super) fn ignore_rest(&mut self) {
        self.rest = &[];
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Result<(), ParseError> {
        match self.rest {
            [] => Ok(()),
            rest => Err(self.problem(Problem::Trailing, rest)),
        }
    }

    /// The error that an argument is not there, at the place that was reached.
    pub(super) fn missing(&self, what: &'static str) -> ParseError {
        let end = self.arguments.len();
        Problem::Missing(what).at(end - self.rest.len()..end)
    }

    /// A problem with a part of the arguments.
    pub(super) fn problem(&self, problem: Problem, part: &[u8]) -> ParseError {
        problem.of(part, self.arguments)
    }

    /// A problem whose place is in a part of the arguments.
    pub(super) fn within(&self, part: &[u8], error: ParseError) -> ParseError {
        error.shifted(Span::of(part, self.arguments).start)
    }

    /// A part of the arguments as text.
    pub(super) fn text(&self, part: &'a [u8]) -> Result<&'a str, ParseError> {
        core::str::from_utf8(part).map_err(|_| self.problem(Problem::NotUtf8("an argument"), part))
    }
}

/// Where a flag, a `KEY=VALUE` or an unquoted value ends.
pub(super) fn pair_end(text: &[u8]) -> usize {
    let end = text.iter().position(|byte| separates_pairs(*byte));
    end.unwrap_or(text.len())
}

/// Where the key of a `KEY=VALUE` ends.
pub(super) fn key_end(text: &[u8]) -> usize {
    let mut bytes = text.iter();
    let end = bytes.position(|byte| *byte == b'=' || separates_pairs(*byte));
    end.unwrap_or(text.len())
}

/// Among flags and `KEY=VALUE` tor takes a form feed for no white space.
fn separates_pairs(byte: u8) -> bool {
    is_white(byte) && byte != b'\x0c'
}

/// Whether a byte can stand in a key, or in a value that is never quoted.
pub(super) fn is_plain(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~') && !matches!(byte, b'"' | b'\'')
}
