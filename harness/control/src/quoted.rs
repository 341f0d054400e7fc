//! Quoted strings, with C's escapes as tor has them.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use memchr::memchr2;

use crate::problem::{ParseError, Problem};

/// Appends `text` in double quotes, as tor writes strings (section 2.1.1,
/// `CString`): what is not printable ASCII becomes an escape.
pub fn quote(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in text {
        match byte {
            b'"' | b'\'' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b' '..=b'~' => out.push(byte),
            _ => out.extend_from_slice(&[
                b'\\',
                b'0' + (byte >> 6),
                b'0' + (byte >> 3 & 7),
                b'0' + (byte & 7),
            ]),
        }
    }
    out.push(b'"');
}

/// What a backslash means in a quoted string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Escapes {
    /// As in C: `\n \r \t \" \' \\`, `\x` with two hexadecimal digits, and up to
    /// three octal ones. tor writes its strings so, and reads the values of
    /// SETCONF so (section 2.1.1, `CString`).
    C,
    /// The next byte is meant as it is. tor reads AUTHENTICATE and AUTHCHALLENGE
    /// so (section 2.1.1, `QuotedString`).
    Plain,
}

/// Reads the quoted string at the start of `text`: its value, and what follows
/// the closing quote.
///
/// # Errors
/// If `text` does not start with a quote, or the quote is never closed, or an
/// escape is none of C's.
pub fn unquote(text: &[u8], escapes: Escapes) -> Result<(Cow<'_, [u8]>, &[u8]), ParseError> {
    let Some(body) = text.strip_prefix(b"\"") else {
        return Err(Problem::Expected("a quoted string").at(0..text.len().min(1)));
    };
    let mut unescaped = Vec::new();
    let mut rest = body;
    loop {
        let Some(at) = memchr2(b'"', b'\\', rest) else {
            return Err(Problem::Unterminated.at(0..text.len()));
        };
        let (plain, special) = rest.split_at(at);
        if let Some(after) = special.strip_prefix(b"\"") {
            // Where nothing was escaped, the value is one stretch of the source.
            let value = if rest.len() == body.len() {
                Cow::Borrowed(plain)
            } else {
                unescaped.extend_from_slice(plain);
                Cow::Owned(unescaped)
            };
            return Ok((value, after));
        }
        let escape = &special[1..];
        let meant = match escapes {
            Escapes::C => unescape(escape),
            Escapes::Plain => escape.first().map(|byte| (*byte, 1)),
        };
        let Some((byte, length)) = meant else {
            let start = text.len() - special.len();
            return Err(Problem::Escape.at(start..(start + 2).min(text.len())));
        };
        unescaped.extend_from_slice(plain);
        unescaped.push(byte);
        rest = &escape[length..];
    }
}

/// The byte that an escape stands for, and the escape's length without the
/// backslash.
fn unescape(escape: &[u8]) -> Option<(u8, usize)> {
    let digit =
        |at: usize, base: u32| -> Option<u32> { char::from(*escape.get(at)?).to_digit(base) };
    Some(match *escape.first()? {
        b'n' => (b'\n', 1),
        b'r' => (b'\r', 1),
        b't' => (b'\t', 1),
        byte @ (b'"' | b'\'' | b'\\') => (byte, 1),
        b'x' => (u8::try_from(digit(1, 16)? * 16 + digit(2, 16)?).ok()?, 3),
        _ => {
            let mut value = digit(0, 8)?;
            let mut length = 1;
            while length < 3
                && let Some(next) = digit(length, 8)
            {
                value = value * 8 + next;
                length += 1;
            }
            (u8::try_from(value).ok()?, length)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, value, rest) in [
            (&br#""""#[..], &b""[..], &b""[..]),
            (br#""a b" c"#, b"a b", b" c"),
            (br#""\"\\\'\n\r\t" "#, b"\"\\'\n\r\t", b" "),
            (br#""\303\251\x4f\0019""#, b"\xc3\xa9O\x019", b""),
            (br#""x\\" B="y""#, b"x\\", br#" B="y""#),
        ] {
            assert_eq!(unquote(text, Escapes::C), Ok((Cow::Borrowed(value), rest)));
        }
    }

    #[test]
    fn refuses() {
        for (text, problem, span) in [
            (&b"a"[..], Problem::Expected("a quoted string"), 0..1),
            (b"", Problem::Expected("a quoted string"), 0..0),
            (b"\"ab", Problem::Unterminated, 0..3),
            (br#""a\""#, Problem::Unterminated, 0..4),
            (br#""a\q""#, Problem::Escape, 2..4),
            (br#""\777""#, Problem::Escape, 1..3),
            (br#""\x4""#, Problem::Escape, 1..3),
            (br#""\"#, Problem::Escape, 1..2),
        ] {
            assert_eq!(unquote(text, Escapes::C), Err(problem.at(span)), "{text:?}");
        }
    }

    #[test]
    fn writes() {
        let mut out = Vec::new();
        quote(b"a \"b\" \\ \r\n\t\x01\xff", &mut out);
        assert_eq!(out, br#""a \"b\" \\ \r\n\t\001\377""#);
        assert_eq!(
            unquote(&out, Escapes::C).unwrap().0.as_ref(),
            b"a \"b\" \\ \r\n\t\x01\xff"
        );
    }

    #[test]
    fn reads_plain_escapes() {
        let text = br#""a\145\n\"\\" b"#;
        let (value, rest) = unquote(text, Escapes::Plain).unwrap();
        assert_eq!((value.as_ref(), rest), (&b"a145n\"\\"[..], &b" b"[..]));
    }
}
