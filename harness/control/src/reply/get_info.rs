//! The values that GETINFO asks for.

use alloc::borrow::Cow;

use crate::data::needs_block;
use crate::message::{Line, Lines, Message};
use crate::problem::{ParseError, Problem};
use crate::reply::{Reply, StatusCode};

/// The reply to GETINFO (section 3.9): values by key, in the order asked for.
#[derive(Clone, Debug)]
pub struct GetInfoReply<'a> {
    lines: Lines<'a>,
}

/// One value of a [`GetInfoReply`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InfoEntry<'a> {
    /// The key as it was asked for.
    pub key: &'a [u8],
    /// The value: one line without its end, or lines that each end in LF.
    pub value: Cow<'a, [u8]>,
}

impl<'a> GetInfoReply<'a> {
    /// Reads the reply.
    ///
    /// # Errors
    /// If it is not a good one to GETINFO. One bad key makes the whole a bad one.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let whole = message.as_bytes();
        let mut wrong = None;
        let mut lines = message.lines();
        while let Some(line) = lines.next() {
            if line.status != StatusCode::OK {
                return Err(Problem::Expected("250").of(line.text, whole));
            }
            let is_end = lines.rest().is_empty() && line.text == b"OK";
            let found = match cut(&line) {
                None if is_end => continue,
                None => Problem::Expected("KEY=VALUE").of(line.text, whole),
                Some((_, value)) if line.data.is_some() && !value.is_empty() => {
                    Problem::Trailing.of(value, whole)
                }
                Some(_) => continue,
            };
            wrong.get_or_insert(found);
        }
        match wrong {
            Some(error) => Err(error),
            None => Ok(Self {
                lines: message.lines(),
            }),
        }
    }

    /// The values, in order.
    pub fn entries(&self) -> impl Iterator<Item = InfoEntry<'a>> + use<'a> {
        let lines = self.lines.clone();
        lines.filter_map(|line| entry(&line))
    }

    /// The value of `key`.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<Cow<'a, [u8]>> {
        // Values before it may be long, and are not written out.
        let is_it = |line: &Line<'_>| cut(line).is_some_and(|(found, _)| found == key.as_bytes());
        let line = self.lines.clone().find(is_it)?;
        entry(&line).map(|entry| entry.value)
    }

    /// The reply as tor sends it: values without CR and LF behind `=`, others as data blocks.
    ///
    /// The value of a data block ends in LF, so that one that does not is read with an LF more:
    /// `a\nb` as `a\nb\n`, and `a\rb`, which tor sends as a block as well, as `a\rb\n`.
    pub fn to_reply(
        entries: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
    ) -> Reply {
        entries
            .into_iter()
            .fold(Reply::ok(), |reply, (key, value)| {
                let (mut text, value) = (key.as_ref().to_vec(), value.as_ref());
                text.push(b'=');
                if needs_block(value) {
                    reply.before_data(StatusCode::OK, text, value)
                } else {
                    text.extend_from_slice(value);
                    reply.before(StatusCode::OK, text)
                }
            })
    }
}

/// The key of a line, and what follows its `=`.
fn cut<'a>(line: &Line<'a>) -> Option<(&'a [u8], &'a [u8])> {
    let at = memchr::memchr(b'=', line.text)?;
    Some((&line.text[..at], &line.text[at + 1..]))
}

/// A line's key with its value, which is written out where it is a data block.
fn entry<'a>(line: &Line<'a>) -> Option<InfoEntry<'a>> {
    let (key, value) = cut(line)?;
    let value = line.data.map_or(Cow::Borrowed(value), |data| data.text());
    Some(InfoEntry { key, value })
}
