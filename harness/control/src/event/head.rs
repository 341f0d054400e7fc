//! An event while it is read.

use crate::event::EventCode;
use crate::event::more::MoreLines;
use crate::keywords::{Keywords, is_keyword};
use crate::problem::{ParseError, Problem};
use crate::tokens::Tokens;

/// An event whose name has been read: what each type takes its fields from.
#[derive(Clone, Copy)]
pub(crate) struct Head<'a> {
    /// The event's name.
    pub(crate) code: EventCode<'a>,
    /// The first line; places in it are what errors say.
    pub(crate) line: &'a [u8],
    /// What follows the name in the first line.
    pub(crate) tokens: Tokens<'a>,
    /// What follows the first line.
    pub(crate) more: MoreLines<'a>,
}

impl<'a> Head<'a> {
    /// An event of one line whose name does not stand there, as in GETINFO.
    pub(crate) fn nameless(code: EventCode<'a>, tokens: Tokens<'a>) -> Self {
        Self {
            code,
            line: tokens.rest(),
            tokens,
            more: MoreLines::NONE,
        }
    }

    /// The next word, which has to be there.
    pub(crate) fn word(&mut self, what: &'static str) -> Result<&'a str, ParseError> {
        self.tokens.required(what)
    }

    /// The next word, which has to be there, as one of a set.
    pub(crate) fn one_of<T>(
        &mut self,
        what: &'static str,
        new: impl FnOnce(&'a str) -> T,
    ) -> Result<T, ParseError> {
        self.word(what).map(new)
    }

    /// What `read` makes of the next word, which stays where that is nothing.
    pub(crate) fn next_if<T>(&mut self, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        let mut ahead = self.tokens;
        let value = read(core::str::from_utf8(ahead.word()?).ok()?)?;
        self.tokens = ahead;
        Some(value)
    }

    /// The next word if there is one that is none of the keywords.
    pub(crate) fn positional(&mut self) -> Option<&'a str> {
        self.next_if(|word| (!word.is_empty() && !is_keyword(word)).then_some(word))
    }

    /// Everything that is left of the first line.
    pub(crate) fn keywords(&mut self) -> Result<Keywords<'a>, ParseError> {
        self.tokens.rest_text("arguments").map(Keywords::new)
    }

    /// The values of keywords that have to be there, and the other arguments.
    ///
    /// Where the keywords do not come first, in this order, once each, all stay among the
    /// other arguments as well, so that nothing of the line is lost:
    /// [`LineWriter::keywords`](super::writer::LineWriter::keywords) looks there.
    pub(crate) fn required<const N: usize>(
        &mut self,
        keys: [&'static str; N],
    ) -> Result<([&'a str; N], Keywords<'a>), ParseError> {
        let all = self.keywords()?;
        if let Some((values, others)) = from_front(all.as_str(), keys)
            && !keys.iter().any(|key| others.has(key))
        {
            return Ok((values, others));
        }
        let mut values = [""; N];
        for (value, key) in values.iter_mut().zip(keys) {
            *value = all.plain(key).ok_or_else(|| self.tokens.missing(key))?;
        }
        Ok((values, all))
    }

    /// A value of [`Head::required`] as a number.
    pub(crate) fn number(&self, value: &str, key: &'static str) -> Result<u64, ParseError> {
        value
            .parse()
            .map_err(|_| Problem::Number(key).of(value.as_bytes(), self.line))
    }
}

/// The values of keywords that stand at the front, and what follows them.
fn from_front<'a, const N: usize>(
    text: &'a str,
    keys: [&'static str; N],
) -> Option<([&'a str; N], Keywords<'a>)> {
    let mut values = [""; N];
    let mut rest = text;
    for (value, key) in values.iter_mut().zip(keys) {
        let word;
        (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        *value = word.strip_prefix(key)?.strip_prefix('=')?;
        if value.starts_with('"') {
            return None;
        }
    }
    Some((values, Keywords::new(rest)))
}
