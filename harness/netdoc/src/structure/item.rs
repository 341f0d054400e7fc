//! One item of a document.

use core::fmt;

use tor_harness_types::Span;

use super::arguments::Arguments;
use super::line::{cut_line, keyword};
use super::object::Object;

/// A keyword line, with the object that may follow it (section 1.2).
///
/// It borrows the document's bytes as they came.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Item<'a> {
    source: &'a [u8],
    bytes: &'a [u8],
    line: &'a [u8],
    keyword: &'a [u8],
}

impl<'a> Item<'a> {
    /// The item of these bytes, which are a part of `source`; `line` is the first line.
    #[inline]
    pub(super) fn new(source: &'a [u8], bytes: &'a [u8], line: &'a [u8]) -> Self {
        Self {
            source,
            bytes,
            line,
            keyword: keyword(line),
        }
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
        // All bytes are ASCII.
        core::str::from_utf8(self.keyword).unwrap_or_default()
    }

    /// The same as bytes, which are compared faster.
    #[must_use]
    pub fn keyword_bytes(&self) -> &'a [u8] {
        self.keyword
    }

    /// Whether this is an annotation, which is no part of the document that
    /// follows it: `@type server-descriptor 1.0`.
    #[must_use]
    pub fn is_annotation(&self) -> bool {
        self.keyword.first() == Some(&b'@')
    }

    /// What follows the keyword and one space or tab, as bytes: a contact
    /// line may hold anything. The whole line where there is no keyword.
    #[must_use]
    pub fn text(&self) -> Option<&'a [u8]> {
        if self.keyword.is_empty() {
            return Some(self.line);
        }
        self.line.get(self.keyword_end() + 1..)
    }

    /// A cursor over the words of [`Item::text`].
    #[must_use]
    pub fn arguments(&self) -> Arguments<'a> {
        // Where there is nothing: the end of the line.
        let nothing = &self.line[self.line.len()..];
        Arguments::new(self.text().unwrap_or(nothing))
    }

    /// The object.
    #[must_use]
    pub fn object(&self) -> Option<Object<'a>> {
        let (_, after) = cut_line(self.bytes);
        Object::cut(after)
    }

    /// The keyword line without its end.
    #[must_use]
    pub fn line(&self) -> &'a [u8] {
        self.line
    }

    /// The document that it is part of.
    #[must_use]
    pub fn source(&self) -> &'a [u8] {
        self.source
    }

    /// Where the keyword ends in the line.
    fn keyword_end(&self) -> usize {
        Span::of(self.keyword, self.line).end
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
