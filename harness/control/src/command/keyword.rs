//! A command's argument that is a flag or a key with a value.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::arguments::{pair, word};

/// `KEY=VALUE`, or a flag.
///
/// tor takes `KEY=` for a flag; here they differ, so that both are written as
/// they came, but where a command has a field of its own for the flag. None of tor's commands has a way to quote such a value: it is
/// printable ASCII without space or quotes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Keyword<'a> {
    /// The key, or the flag's name.
    pub key: Cow<'a, str>,
    /// The value.
    pub value: Option<Cow<'a, str>>,
}

/// A [`Keyword`] where it was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    /// All of it.
    pub(super) text: &'a str,
    pub(super) key: &'a str,
    pub(super) value: Option<&'a str>,
}

impl<'a> Found<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (key, value) = match text.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (text, None),
        };
        Self { text, key, value }
    }

    /// Whether the key is this one in any case.
    pub(super) fn is(&self, key: &str) -> bool {
        self.key.eq_ignore_ascii_case(key)
    }

    /// Whether it has no value to tor.
    pub(super) fn is_bare(&self) -> bool {
        self.value.is_none_or(str::is_empty)
    }
}

impl<'a> From<Found<'a>> for Keyword<'a> {
    fn from(found: Found<'a>) -> Self {
        Self {
            key: Cow::Borrowed(found.key),
            value: found.value.map(Cow::Borrowed),
        }
    }
}

/// Takes the last `key=` out of `keywords`: of several it is the one that counts.
pub(super) fn take_last<'a>(key: &str, keywords: &mut Vec<Keyword<'a>>) -> Option<Cow<'a, str>> {
    let at = keywords
        .iter()
        .rposition(|keyword| keyword.key.eq_ignore_ascii_case(key))?;
    keywords.remove(at).value
}

/// Appends them to a command's line.
pub(super) fn write_keywords(keywords: &[Keyword<'_>], line: &mut Vec<u8>) {
    for keyword in keywords {
        match &keyword.value {
            Some(value) => pair(&keyword.key, Some(value), line),
            None => word(&keyword.key, line),
        }
    }
}
