//! An event while it is written.

use alloc::string::String;
use core::fmt::{Display, Write};

use crate::event::more::MoreLines;
use crate::keywords::Keywords;
use crate::reply::Reply;

/// The first line of an event, word by word.
pub(crate) struct LineWriter {
    line: String,
}

impl LineWriter {
    /// A line with the event's name.
    pub(crate) fn new(name: &str) -> Self {
        Self { line: name.into() }
    }

    /// Adds a word.
    pub(crate) fn word(mut self, word: impl Display) -> Self {
        // Writing into a String cannot fail.
        let _ = write!(self.line, " {word}");
        self
    }

    /// Adds a word that may be missing.
    pub(crate) fn optional(self, word: Option<impl Display>) -> Self {
        match word {
            Some(word) => self.word(word),
            None => self,
        }
    }

    /// Adds keywords, unless all of them are among the other arguments, which
    /// come last.
    pub(crate) fn keywords(self, keywords: &[(&str, &dyn Display)], others: Keywords<'_>) -> Self {
        if keywords.iter().all(|(key, _)| others.has(key)) {
            return self;
        }
        keywords.iter().fold(self, |line, (key, value)| {
            line.word(format_args!("{key}={value}"))
        })
    }

    /// Adds the other arguments and the other lines.
    pub(crate) fn end(self, keywords: Keywords<'_>, more: MoreLines<'_>) -> Reply {
        let rest = Some(keywords.as_str()).filter(|text| !text.is_empty());
        more.to_reply(Reply::event(self.optional(rest).line))
    }
}
