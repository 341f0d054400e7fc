//! One document as a row of items.

use core::fmt;

use tor_harness_types::Span;

use super::item::Item;
use super::line::cut_line;
use super::object::Object;

/// One document: any bytes, read as items when asked for (section 1.2).
///
/// Nothing is refused here; [`Kind::check`](crate::Kind::check) lists what is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Document<'a> {
    /// What the places of problems are in: the whole that this is part of.
    source: &'a [u8],
    bytes: &'a [u8],
}

impl<'a> Document<'a> {
    /// A document of these bytes, with the annotations that may stand before it.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            source: bytes,
            bytes,
        }
    }

    /// From one offset to another in [`Document::source`], of which its items
    /// are still parts: a section, such as an entry of a consensus. It ends where
    /// the source does, and is empty where it ends before it starts.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.source.len());
        Self {
            source: self.source,
            bytes: &self.source[start.min(end)..end],
        }
    }

    /// The whole that this is part of; itself, if it is none.
    #[must_use]
    pub fn source(&self) -> &'a [u8] {
        self.source
    }

    /// Where it is in [`Document::source`].
    #[must_use]
    pub fn span(&self) -> Span {
        Span::of(self.bytes, self.source)
    }

    /// The bytes as they came.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The items in order, annotations included. Each line is looked at once; a byte
    /// order mark before the first is none of it.
    #[must_use]
    pub fn items(&self) -> Items<'a> {
        let mark = self.byte_order_mark().unwrap_or_default();
        self.items_from(self.span().start + mark.len())
    }

    /// The mark that some editors put before a text in UTF-8.
    pub(crate) fn byte_order_mark(&self) -> Option<&'a [u8]> {
        let mark = self.bytes.get(..3)?;
        (mark == b"\xef\xbb\xbf").then_some(mark)
    }

    /// The same without the annotations before it.
    #[must_use]
    pub fn without_annotations(&self) -> Self {
        let mark = self.byte_order_mark().unwrap_or_default();
        let mut rest = &self.bytes[mark.len()..];
        while let (b"" | [b'@', ..], after) = cut_line(rest)
            && !rest.is_empty()
        {
            rest = after;
        }
        let Span { start, end } = Span::of(rest, self.source);
        self.part(start, end)
    }

    /// What is behind an offset.
    pub(crate) fn tail(&self, offset: usize) -> Self {
        Self::new(self.bytes.get(offset..).unwrap_or_default())
    }

    /// The items from an offset in the source on, which is the start of a line.
    pub(crate) fn items_from(&self, offset: usize) -> Items<'a> {
        let end = self.span().end;
        Items {
            source: self.source,
            rest: self.source.get(offset..end).unwrap_or_default(),
        }
    }

    /// The first item with this keyword.
    #[must_use]
    pub fn item(&self, keyword: &str) -> Option<Item<'a>> {
        self.items()
            .find(|item| item.keyword_bytes() == keyword.as_bytes())
    }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.items()).finish()
    }
}

/// The items of a [`Document`]. Blank lines are none.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    source: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Items<'a> {
    /// No item of a document.
    pub(crate) fn none(document: Document<'a>) -> Self {
        document.items_from(document.span().end)
    }

    /// Where the next item is looked for.
    pub(crate) fn offset(&self) -> usize {
        Span::of(self.rest, self.source).start
    }

    /// The next item whose line is wanted.
    #[inline]
    pub(crate) fn next_with(&mut self, is_wanted: impl Fn(&[u8]) -> bool) -> Option<Item<'a>> {
        while !self.rest.is_empty() {
            let (line, after) = cut_line(self.rest);
            let behind = match line {
                // No annotation has an object: a certificate that stands behind one is a document.
                b"" | [b'@', ..] => after,
                _ => Object::skip(after),
            };
            let rest = core::mem::replace(&mut self.rest, behind);
            if !line.is_empty() && is_wanted(line) {
                let bytes = &rest[..rest.len() - behind.len()];
                return Some(Item::new(self.source, bytes, line));
            }
        }
        None
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Item<'a>;

    #[inline]
    fn next(&mut self) -> Option<Item<'a>> {
        self.next_with(|_| true)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::*;
    use crate::structure::Object;

    /// Reads `source`, and says each item as `keyword|text|object`.
    fn check(source: &[u8], expected: &[&str]) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\n', "/");
        let object = |object: Object<'_>| {
            let end = if object.is_ended { "" } else { " no end" };
            format!("{}: {}{end}", object.label, text(object.body))
        };
        let items: Vec<_> = Document::new(source)
            .items()
            .map(|item| {
                let parts = [item.text().map(text), item.object().map(object)];
                let [line, object] = parts.map(|part| part.unwrap_or_else(|| "-".into()));
                format!("{}|{line}|{object}", item.keyword())
            })
            .collect();
        assert_eq!(items, expected, "{}", String::from_utf8_lossy(source));
    }

    #[test]
    fn cuts_items() {
        check(b"", &[]);
        check(b"\n\r\n", &[]);
        check(b"a", &["a|-|-"]);
        check(
            b"a\nb 1  2\r\nc \nd\te",
            &["a|-|-", "b|1  2|-", "c||-", "d|e|-"],
        );
        check(b"@type x 1.0\na", &["@type|x 1.0|-", "a|-|-"]);
        check(b"opt a b\nopt\nopt ?", &["a|b|-", "opt|-|-", "opt|?|-"]);
        check(
            b"opt  a b\nopt\t a\nopt opt a\nopt  ?",
            &["a|b|-", "a|-|-", "opt|a|-", "opt| ?|-"],
        );
        check(
            b"k x\n-----BEGIN A B-----\nAA==\nBB\n-----END A B-----\nl\n",
            &["k|x|A B: AA==/BB/", "l|-|-"],
        );
    }

    #[test]
    fn parts_keep_their_places() {
        let source = b"a\nb 1\nc\nb 2";
        for (start, end, items) in [
            (
                0,
                11,
                &[(0, "a\n"), (2, "b 1\n"), (6, "c\n"), (8, "b 2")][..],
            ),
            (2, 8, &[(2, "b 1\n"), (6, "c\n")]),
            (8, 11, &[(8, "b 2")]),
            (11, 11, &[]),
            // What is not in the source is cut off.
            (5, 3, &[]),
            (99, 999, &[]),
            (8, 999, &[(8, "b 2")]),
        ] {
            let part = Document::new(source).part(start, end);
            let mut rest = part.items();
            let found: Vec<_> = part
                .items()
                .map(|item| (item.span().start, str::from_utf8(item.as_bytes()).unwrap()))
                .collect();
            assert_eq!(found, items);
            let lengths = found.iter().map(|(_, item)| item.len());
            assert_eq!(part.as_bytes().len(), lengths.sum::<usize>());
            rest.by_ref().for_each(drop);
            // What is behind the last is still in the source.
            assert_eq!(rest.offset(), part.span().end);
        }
    }

    #[test]
    fn a_byte_order_mark_is_none_of_it() {
        check(b"\xef\xbb\xbfa\nb 1\n", &["a|-|-", "b|1|-"]);
        check(b"\xef\xbb\xbf@a\nb\n", &["@a|-|-", "b|-|-"]);
        check(b"\xef\xbb\xbf", &[]);
        check(b"a\n\xef\xbb\xbfb\n", &["a|-|-", "|\u{feff}b|-"]);
        let document = Document::new(b"\xef\xbb\xbf@a\nb\n");
        assert_eq!(document.without_annotations().as_bytes(), b"b\n");
    }

    #[test]
    fn annotations_stand_before_it() {
        for (before, text) in [
            ("", ""),
            ("", "a\n@b\n"),
            ("@a\n\r\n\n@ b\n@", ""),
            ("@a\n", "\rb\n@c\n"),
            ("\n@a\n", " \n@c\n"),
        ] {
            let source = format!("x\n{before}{text}y\n");
            let document = Document::new(source.as_bytes()).part(2, source.len() - 2);
            let bare = document.without_annotations();
            assert_eq!(bare.as_bytes(), text.as_bytes(), "{source:?}");
            assert_eq!(bare.span().start, 2 + before.len(), "{source:?}");
        }
    }

    #[test]
    fn keeps_what_is_no_item() {
        check(
            b" a\n-b c\n\xff\nd_e\n@\n",
            &["| a|-", "|-b c|-", "|\u{fffd}|-", "|d_e|-", "|@|-"],
        );
        check(b"-----BEGIN A-----\n", &["|-----BEGIN A-----|-"]);
        check(
            b"@a\n-----BEGIN A-----\nAA\n",
            &["@a|-|-", "|-----BEGIN A-----|-", "AA|-|-"],
        );
    }

    #[test]
    fn ends_objects_that_do_not() {
        let begin = "k\n-----BEGIN A-----\nAA\n";
        for (rest, expected) in [
            ("", &["k|-|A: AA/ no end"][..]),
            ("-----END B-----\nl", &["k|-|A: AA/ no end", "l|-|-"]),
            ("l m\nAA", &["k|-|A: AA/ no end", "l|m|-", "AA|-|-"]),
            ("\nl", &["k|-|A: AA/ no end", "l|-|-"]),
        ] {
            check(format!("{begin}{rest}").as_bytes(), expected);
        }
    }
}
