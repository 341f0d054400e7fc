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
        let mut without_key = None;
        for line in message.lines() {
            if line.status != StatusCode::OK {
                return Err(Problem::Expected("250").of(line.text, whole));
            }
            if without_key.is_none() && !is_end(&line) && cut(&line).is_none() {
                without_key = Some(Problem::Expected("KEY=VALUE").of(line.text, whole));
            }
        }
        match without_key {
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

    /// The reply as tor sends it: values of one line behind `=`, others as
    /// data blocks.
    pub fn to_reply<'v>(entries: impl IntoIterator<Item = (&'v str, &'v [u8])>) -> Reply {
        entries
            .into_iter()
            .fold(Reply::ok(), |reply, (key, value)| {
                let mut text = key.as_bytes().to_vec();
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

/// Whether a line holds no value: `OK`.
fn is_end(line: &Line<'_>) -> bool {
    line.data.is_none() && line.text == b"OK"
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
