//! What stands between `-----BEGIN` and `-----END` behind a keyword line.

use alloc::vec::Vec;
use core::fmt;

use data_encoding::BASE64;
use memchr::memchr;
use tor_harness_types::Span;

use super::line::cut_line;

/// An object: base64 between two lines that say what it is (section 1.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Object<'a> {
    /// The label, as `RSA PUBLIC KEY`.
    pub label: &'a str,
    /// The lines between, as they came: base64.
    pub body: &'a [u8],
    /// Whether an `-----END` line with the same label ends it.
    pub is_ended: bool,
}

/// How a line starts that begins an object.
const BEGIN: &[u8] = b"-----BEGIN ";
/// How a line starts that ends one.
const END: &[u8] = b"-----END ";

impl<'a> Object<'a> {
    /// Takes the object that `bytes` starts with.
    ///
    /// An object without end is ended by the first line that is no base64, so
    /// that what follows is not lost in it.
    pub(crate) fn cut(bytes: &'a [u8]) -> Option<Self> {
        let Cut {
            label,
            body,
            is_ended,
            ..
        } = Cut::of(bytes)?;
        let label = core::str::from_utf8(label).ok()?;
        Some(Self {
            label,
            body,
            is_ended,
        })
    }

    /// What follows the object that `bytes` starts with; all of them if it is none.
    #[inline]
    pub(crate) fn skip(bytes: &'a [u8]) -> &'a [u8] {
        // Most lines have no object, and there are many lines.
        if bytes.first() != Some(&b'-') {
            return bytes;
        }
        Cut::of(bytes).map_or(bytes, |cut| cut.rest)
    }

    /// The lines of the body, without their ends.
    pub fn lines(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut rest = self.body;
        core::iter::from_fn(move || {
            (!rest.is_empty()).then(|| {
                let (line, after) = cut_line(rest);
                rest = after;
                line
            })
        })
    }

    /// What the base64 says; `None` if it is none.
    #[must_use]
    pub fn decode(&self) -> Option<Vec<u8>> {
        self.read().ok()
    }

    /// The same, or which digit is the first that is wrong.
    fn read(&self) -> Result<Vec<u8>, usize> {
        let mut digits = Vec::with_capacity(self.body.len());
        self.lines().for_each(|line| digits.extend_from_slice(line));
        // What follows padding would be read on.
        match memchr(b'=', &digits[..digits.len().saturating_sub(2)]) {
            Some(early) => Err(early),
            None => BASE64.decode(&digits).map_err(|error| error.position),
        }
    }

    /// Where the body stops to be base64: from a byte that is none to the end of its line,
    /// or the last digits, where there are too few or too many. Nothing where all is well.
    pub(crate) fn damage(&self) -> &'a [u8] {
        let is_other = |byte: &u8| !is_base64(*byte);
        let damaged = |line: &'a [u8]| Some(&line[line.iter().position(is_other)?..]);
        if let Some(damage) = self.lines().find_map(damaged) {
            return damage;
        }
        let mut at = self.read().err().unwrap_or(usize::MAX);
        for line in self.lines() {
            if at < line.len() {
                return &line[at..];
            }
            at -= line.len();
        }
        &self.body[self.body.len()..]
    }

    /// What stands in the document, which ends at this offset of the source, where
    /// an end was expected: from a byte that is no base64 to the end of its line.
    pub(crate) fn no_end<'s>(&self, source: &'s [u8], end: usize) -> &'s [u8] {
        let (line, _) = cut_line(&source[Span::of(self.body, source).end..end]);
        let other = line.iter().position(|byte| !is_base64(*byte));
        &line[other.unwrap_or(0)..]
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({}, {} bytes)", self.label, self.body.len())
    }
}

/// An object with what follows it.
struct Cut<'a> {
    /// UTF-8.
    label: &'a [u8],
    body: &'a [u8],
    is_ended: bool,
    rest: &'a [u8],
}

impl<'a> Cut<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let (line, body) = cut_line(bytes);
        let label = label(line, BEGIN)?;
        Some(Self::ended(label, body).unwrap_or_else(|| Self::unended(label, body)))
    }

    /// The usual case: no byte of base64 is a hyphen, so the first one is the end's.
    fn ended(label: &'a [u8], body: &'a [u8]) -> Option<Self> {
        let (body, end) = body.split_at(memchr(b'-', body)?);
        let behind = end.strip_prefix(END)?.strip_prefix(label)?;
        let (b"", rest) = cut_line(behind.strip_prefix(b"-----")?) else {
            return None;
        };
        let is_line = body.is_empty() || body.ends_with(b"\n");
        is_line.then_some(Self {
            label,
            body,
            is_ended: true,
            rest,
        })
    }

    fn unended(label: &'a [u8], body: &'a [u8]) -> Self {
        let mut rest = body;
        loop {
            let (line, after) = cut_line(rest);
            if !line.is_empty() && line.iter().all(|byte| is_base64(*byte)) {
                rest = after;
                continue;
            }
            let end = self::label(line, END);
            return Self {
                label,
                body: &body[..body.len() - rest.len()],
                is_ended: end == Some(label),
                rest: if end.is_some() { after } else { rest },
            };
        }
    }
}

/// The label of a line such as `-----BEGIN LABEL-----`.
fn label<'a>(line: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    let label = line.strip_prefix(start)?.strip_suffix(b"-----")?;
    (label.is_ascii() || core::str::from_utf8(label).is_ok()).then_some(label)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}
