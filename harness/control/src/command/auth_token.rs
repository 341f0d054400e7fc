//! The secrets of AUTHENTICATE and AUTHCHALLENGE.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::arguments::Arguments;
use crate::command::cursor::{Cursor, pair_end};
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

impl<'a> Arguments<'a> for AuthToken<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let text = cursor.rest();
        if text.starts_with(b"\"") {
            let (value, rest) =
                unquote(text, Escapes::Plain).map_err(|error| cursor.within(text, error))?;
            cursor.go_on(rest);
            return Ok(Self::Quoted(value));
        }
        let (digits, rest) = text.split_at(pair_end(text));
        cursor.go_on(rest);
        // Too many arguments are worse than what is wrong with the first.
        cursor.end()?;
        if digits.is_empty() {
            return Ok(Self::None);
        }
        hex_to_bytes(digits)
            .map(Self::Hex)
            .ok_or_else(|| cursor.problem(Problem::Hex, digits))
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

fn write_hex(bytes: &[u8], line: &mut Vec<u8>) {
    line.push(b' ');
    bytes_to_hex(bytes, line);
}
