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
        for line in message.lines() {
            if line.status != StatusCode::OK {
                return Err(Problem::Expected("250").of(line.text, whole));
            }
        }
        for line in &mut Self::values(message.lines()) {
            if Self::entry(&line).is_none() {
                return Err(Problem::Expected("KEY=VALUE").of(line.text, whole));
            }
        }
        Ok(Self {
            lines: message.lines(),
        })
    }

    /// The values, in order.
    pub fn entries(&self) -> impl Iterator<Item = InfoEntry<'a>> + use<'a> {
        Self::values(self.lines.clone()).filter_map(|line| Self::entry(&line))
    }

    /// The value of `key`.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<Cow<'a, [u8]>> {
        self.entries()
            .find(|entry| entry.key == key.as_bytes())
            .map(|entry| entry.value)
    }

    /// The lines that hold a value: `OK` does not.
    fn values(lines: Lines<'a>) -> impl Iterator<Item = Line<'a>> {
        lines.filter(|line| line.data.is_some() || line.text != b"OK")
    }

    fn entry(line: &Line<'a>) -> Option<InfoEntry<'a>> {
        let at = memchr::memchr(b'=', line.text)?;
        let (key, value) = (&line.text[..at], &line.text[at + 1..]);
        let value = line.data.map_or(Cow::Borrowed(value), |data| data.text());
        Some(InfoEntry { key, value })
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
