//! The options that GETCONF asks for.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use tor_harness_types::Span;

use crate::message::Message;
use crate::problem::{ParseError, Problem};
use crate::quoted::{Escapes, quote, unquote};
use crate::reply::lines::texts;
use crate::reply::{Reply, StatusCode};

/// The reply to GETCONF (section 3.3): a line for each value, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetConfReply<'a> {
    /// An option that may have many values has a line for each.
    pub settings: Vec<Setting<'a>>,
}

/// An option with its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Setting<'a> {
    /// The option's name, in tor's own spelling where tor says it.
    pub key: Cow<'a, str>,
    /// The value, quotes and escapes undone; `None` where it is not set.
    pub value: Option<Cow<'a, [u8]>>,
}

impl<'a> Setting<'a> {
    /// Reads `KEY`, `KEY=VALUE` or `KEY="VALUE"`.
    ///
    /// # Errors
    /// If the key is not UTF-8, or the value's quotes are not well formed.
    pub fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let (key, value) = match memchr::memchr(b'=', text) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let key =
            core::str::from_utf8(key).map_err(|_| Problem::NotUtf8("option").of(key, text))?;
        let value = match value {
            Some(value) if value.starts_with(b"\"") => {
                match unquote(value, Escapes::C).map_err(|e| e.shifted(text.len() - value.len()))? {
                    (value, []) => Some(value),
                    (_, rest) => return Err(Problem::Trailing.of(rest, text)),
                }
            }
            value => value.map(Cow::Borrowed),
        };
        Ok(Self {
            key: Cow::Borrowed(key),
            value,
        })
    }

    /// `KEY`, `KEY=VALUE` or `KEY="VALUE"`, quoted where tor does it.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.key.as_bytes().to_vec();
        if let Some(value) = &self.value {
            out.push(b'=');
            if needs_quotes(value) {
                quote(value, &mut out);
            } else {
                out.extend_from_slice(value);
            }
        }
        out
    }
}

impl<'a> GetConfReply<'a> {
    /// Reads the reply.
    ///
    /// # Errors
    /// If it is not a good one to GETCONF, or a value is not well quoted.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let whole = message.as_bytes();
        let mut lines = texts(message)?;
        // Without arguments GETCONF gives `250 OK` alone, and behind settings none.
        if lines == [b"OK"] {
            lines.clear();
        }
        let settings = lines.into_iter().map(|line| {
            Setting::parse(line).map_err(|error| error.shifted(Span::of(line, whole).start))
        });
        Ok(Self {
            settings: settings.collect::<Result<_, _>>()?,
        })
    }

    /// The reply as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let lines = self
            .settings
            .iter()
            .map(|setting| (StatusCode::OK, setting.encode()));
        Reply::from_lines(lines).unwrap_or_else(Reply::ok)
    }
}

/// tor quotes a value that starts with a quote, or holds something that could
/// not stand in a torrc by itself.
fn needs_quotes(value: &[u8]) -> bool {
    value.starts_with(b"\"")
        || value
            .iter()
            .any(|byte| !matches!(byte, b' '..=b'~') || *byte == b'#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OwnedMessage;

    #[test]
    fn a_bad_quote_is_where_it_is() {
        let wire = b"250-Nickname=a\r\n250 ContactInfo=\"a\\q\"\r\n";
        let message = OwnedMessage::of(wire);
        let error = GetConfReply::parse(&message.as_message()).unwrap_err();
        assert_eq!(error, Problem::Escape.at(34..36));
        assert_eq!(&wire[34..36], b"\\q");
    }
}
