//! One item of a document.

use core::fmt;

use memchr::memchr;
use tor_harness_types::Span;

use crate::arguments::Arguments;

/// A keyword line, with the object that may follow it (section 1.2).
///
/// It borrows the document's bytes as they came.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Item<'a> {
    source: &'a [u8],
    bytes: &'a [u8],
    keyword: &'a str,
    text: Option<&'a [u8]>,
    object: Option<Object<'a>>,
}

/// What stands between `-----BEGIN` and `-----END` behind an item.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Object<'a> {
    /// The label, as `RSA PUBLIC KEY`.
    pub label: &'a str,
    /// The lines between, as they came: base64.
    pub body: &'a [u8],
    /// Whether an `-----END` line with the same label ends it.
    pub is_ended: bool,
}

impl<'a> Item<'a> {
    /// Takes the item that `rest`, a tail of `source`, starts with; gives what follows.
    pub(crate) fn cut(source: &'a [u8], rest: &'a [u8]) -> (Self, &'a [u8]) {
        let (line, mut after) = cut_line(rest);
        let (keyword, text) = split_keyword(line);
        let object = Object::cut(after).map(|(object, behind)| {
            after = behind;
            object
        });
        let item = Self {
            source,
            bytes: &rest[..rest.len() - after.len()],
            keyword,
            text,
            object,
        };
        (item, after)
    }

    /// The bytes as they came, with line ends and object.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Where it stands in its document.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::of(self.bytes, self.source)
    }

    /// The keyword, with the `@` of an annotation and without an `opt` before
    /// it; empty if the line does not start with a keyword.
    #[must_use]
    pub fn keyword(&self) -> &'a str {
        self.keyword
    }

    /// Whether this is an annotation, which is no part of the document that
    /// follows it: `@type server-descriptor 1.0`.
    #[must_use]
    pub fn is_annotation(&self) -> bool {
        self.keyword.starts_with('@')
    }

    /// What follows the keyword and one space or tab, as bytes: a contact
    /// line may hold anything. The whole line where there is no keyword.
    #[must_use]
    pub fn text(&self) -> Option<&'a [u8]> {
        self.text
    }

    /// A cursor over the words of [`Item::text`].
    #[must_use]
    pub fn arguments(&self) -> Arguments<'a> {
        // The end of the line, where there is nothing.
        let line = self.line();
        let nothing = &line[line.len()..];
        Arguments::new(self.text.unwrap_or(nothing), self.source)
    }

    /// The object.
    #[must_use]
    pub fn object(&self) -> Option<Object<'a>> {
        self.object
    }

    /// The keyword line without its end.
    pub(crate) fn line(&self) -> &'a [u8] {
        cut_line(self.bytes).0
    }

    /// The document that it is part of.
    pub(crate) fn source(&self) -> &'a [u8] {
        self.source
    }
}

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Item({:?})",
            alloc::string::String::from_utf8_lossy(self.bytes)
        )
    }
}

impl<'a> Object<'a> {
    /// Takes the object that `bytes` starts with; gives what follows.
    ///
    /// A line that is no base64 ends it as well, so that what follows an
    /// object without end is not lost in it.
    fn cut(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (line, body) = cut_line(bytes);
        let label = label(line, b"-----BEGIN ")?;
        let mut rest = body;
        loop {
            let before = rest;
            let (line, after) = cut_line(rest);
            let is_base64 = !line.is_empty() && line.iter().all(|byte| is_base64(*byte));
            if is_base64 {
                rest = after;
                continue;
            }
            let end = self::label(line, b"-----END ");
            let object = Self {
                label,
                body: &body[..body.len() - before.len()],
                is_ended: end == Some(label),
            };
            return Some((object, if end.is_some() { after } else { before }));
        }
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
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({}, {} bytes)", self.label, self.body.len())
    }
}

/// The first line without its LF or CRLF, and what follows.
pub(crate) fn cut_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
    let (line, rest) = bytes.split_at(end);
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

/// The keyword that a line starts with, and what follows it and one space.
fn split_keyword(line: &[u8]) -> (&str, Option<&[u8]>) {
    let Some((keyword, text)) = split_word(line) else {
        return ("", Some(line));
    };
    // Old relays put `opt` before what tors older than they did not know; it
    // says nothing.
    let behind_opt = text.filter(|_| keyword == "opt").and_then(split_word);
    behind_opt.unwrap_or((keyword, text))
}

/// A keyword and what follows it and one space; `None` if there is no keyword.
fn split_word(line: &[u8]) -> Option<(&str, Option<&[u8]>)> {
    let end = line
        .iter()
        .position(|byte| matches!(byte, b' ' | b'\t'))
        .unwrap_or(line.len());
    let word = core::str::from_utf8(&line[..end]).ok()?;
    let plain = word.strip_prefix('@').unwrap_or(word);
    let is_keyword = plain.starts_with(|first: char| first.is_ascii_alphanumeric())
        && plain
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_keyword.then(|| (word, line.get(end + 1..)))
}

/// The label of a line such as `-----BEGIN LABEL-----`.
fn label<'a>(line: &'a [u8], start: &[u8]) -> Option<&'a str> {
    let label = line.strip_prefix(start)?.strip_suffix(b"-----")?;
    core::str::from_utf8(label).ok()
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}
