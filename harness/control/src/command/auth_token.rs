//! The secret that authentication takes.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::arguments::Arguments;
use crate::command::cursor::{Cursor, key_end, pair_end};
use crate::hex::{bytes_to_hex, hex_to_bytes};
use crate::problem::{ParseError, Problem};
use crate::quoted::{Escapes, unquote};

/// A secret as AUTHENTICATE and AUTHCHALLENGE take it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AuthToken<'a> {
    /// Nothing.
    None,
    /// Bytes as hexadecimal digits.
    Hex(Vec<u8>),
    /// Bytes as a quoted string. One has no way to say CR, LF or NUL: bytes with one of
    /// them are written as hexadecimal digits.
    Quoted(Cow<'a, [u8]>),
}

impl AuthToken<'_> {
    /// The bytes, however they were written; none of nothing.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::None => Vec::new(),
            Self::Hex(bytes) => bytes,
            Self::Quoted(bytes) => bytes.into_owned(),
        }
    }
}

impl<'a> Arguments<'a> for AuthToken<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let Some(first) = Argument::take(cursor)? else {
            return Ok(Self::None);
        };
        // What no argument can look like is worst, then too many of them, then
        // what is wrong with the first.
        let rest = cursor.rest();
        while Argument::take(cursor)?.is_some() {}
        match first {
            _ if !rest.is_empty() => Err(cursor.problem(Problem::Trailing, rest)),
            Argument::Pair(text) => Err(cursor.problem(Problem::Keyword, text)),
            Argument::Quoted(value) => Ok(Self::Quoted(value)),
            Argument::Word(word) if word.contains(&b'"') => Ok(Self::Quoted(word.into())),
            Argument::Word(word) => hex_to_bytes(word)
                .map(Self::Hex)
                .ok_or_else(|| cursor.problem(Problem::Hex, word)),
        }
    }

    fn write(&self, line: &mut Vec<u8>) {
        match self {
            Self::None => {}
            Self::Hex(bytes) => write_hex(bytes, line),
            Self::Quoted(bytes) if bytes.iter().any(|b| matches!(b, b'\r' | b'\n' | 0)) => {
                write_hex(bytes, line);
            }
            Self::Quoted(bytes) => {
                line.extend_from_slice(b" \"");
                for byte in bytes.iter() {
                    if matches!(byte, b'"' | b'\\') {
                        line.push(b'\\');
                    }
                    line.push(*byte);
                }
                line.push(b'"');
            }
        }
    }
}

/// What tor takes for one argument here.
enum Argument<'a> {
    Quoted(Cow<'a, [u8]>),
    /// A quote in it stands for itself; to tor, a word with one is no hexadecimal digits.
    Word(&'a [u8]),
    /// A `KEY=VALUE`.
    Pair(&'a [u8]),
}

impl<'a> Argument<'a> {
    fn take(cursor: &mut Cursor<'a>) -> Result<Option<Self>, ParseError> {
        let text = cursor.rest();
        if text.is_empty() {
            return Ok(None);
        }
        let key = key_end(text);
        let is_pair = !text.starts_with(b"\"") && text.get(key) == Some(&b'=');
        if is_pair && key == 0 {
            return Err(cursor.problem(Problem::Expected("a key before `=`"), &text[..1]));
        }
        let value = if is_pair { &text[key + 1..] } else { text };
        let (quoted, rest) = if value.starts_with(b"\"") {
            let (value, rest) =
                unquote(value, Escapes::Plain).map_err(|error| cursor.within(value, error))?;
            (Some(value), rest)
        } else {
            (None, &value[pair_end(value)..])
        };
        cursor.go_on(rest);
        let whole = &text[..text.len() - rest.len()];
        Ok(Some(match quoted {
            _ if is_pair => Self::Pair(whole),
            Some(value) => Self::Quoted(value),
            None => Self::Word(whole),
        }))
    }
}

fn write_hex(bytes: &[u8], line: &mut Vec<u8>) {
    line.push(b' ');
    bytes_to_hex(bytes, line);
}
