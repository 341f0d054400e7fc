//! Items that own their bytes, to be encoded.

use alloc::string::String;
use alloc::vec::Vec;

use data_encoding::BASE64;

use super::item::Item;
use super::object::Object;

/// An item of one's own.
///
/// A document rebuilt from its items encodes to the bytes it came from, except:
///
/// | came | is encoded as |
/// |---|---|
/// | blank lines, a byte order mark before the first | nothing |
/// | CRs before a LF, or no newline at the end | LF |
/// | a tab behind the keyword | a space |
/// | `opt` before a keyword | nothing |
/// | an object whose end is missing or has another label | one that ends well |
///
/// ```
/// use tor_harness_netdoc::{OwnedItem, encode};
///
/// let items = [
///     OwnedItem::new("router").text("moria1 128.31.0.34 9101 0 0"),
///     OwnedItem::new("signing-key").object("RSA PUBLIC KEY", "MIGJAoGBAK\n"),
/// ];
/// assert_eq!(encode(&items), b"router moria1 128.31.0.34 9101 0 0\nsigning-key\n\
///     -----BEGIN RSA PUBLIC KEY-----\nMIGJAoGBAK\n-----END RSA PUBLIC KEY-----\n");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OwnedItem {
    /// The keyword; empty for a line that has none, which is then all in `text`. An object that
    /// has neither stands by itself.
    pub keyword: String,
    /// What follows the keyword and a space, without a line end.
    pub text: Option<Vec<u8>>,
    /// The object.
    pub object: Option<OwnedObject>,
}

/// An object of one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OwnedObject {
    /// The label, as `RSA PUBLIC KEY`.
    pub label: String,
    /// Lines of base64 that each end in LF.
    pub body: Vec<u8>,
}

impl OwnedItem {
    /// An item that is a keyword alone.
    #[must_use]
    pub fn new(keyword: impl Into<String>) -> Self {
        Self {
            keyword: keyword.into(),
            ..Self::default()
        }
    }

    /// This item with arguments.
    #[must_use]
    pub fn text(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// This item with an object.
    #[must_use]
    pub fn object(mut self, label: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        self.object = Some(OwnedObject {
            label: label.into(),
            body: body.into(),
        });
        self
    }

    /// This item with an object of these bytes, in lines of 64 characters of base64.
    #[must_use]
    pub fn object_of(self, label: impl Into<String>, bytes: &[u8]) -> Self {
        let digits = BASE64.encode(bytes);
        let mut body = Vec::with_capacity(digits.len() + digits.len() / 64 + 1);
        for line in digits.as_bytes().chunks(64) {
            body.extend_from_slice(line);
            body.push(b'\n');
        }
        self.object(label, body)
    }

    /// Adds the item's bytes to `out`.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.keyword.as_bytes());
        if let Some(text) = &self.text {
            if !self.keyword.is_empty() {
                out.push(b' ');
            }
            out.extend_from_slice(text);
        }
        if !self.keyword.is_empty() || self.text.is_some() || self.object.is_none() {
            out.push(b'\n');
        }
        if let Some(object) = &self.object {
            object.encode(out);
        }
    }
}

impl OwnedObject {
    /// Adds the object's lines to `out`.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let Self { label, body } = self;
        out.extend_from_slice(alloc::format!("-----BEGIN {label}-----\n").as_bytes());
        out.extend_from_slice(body);
        out.extend_from_slice(alloc::format!("-----END {label}-----\n").as_bytes());
    }
}

/// The bytes of a document of these items.
#[must_use]
pub fn encode<'i>(items: impl IntoIterator<Item = &'i OwnedItem>) -> Vec<u8> {
    let mut out = Vec::new();
    for item in items {
        item.encode(&mut out);
    }
    out
}

impl From<Item<'_>> for OwnedItem {
    fn from(item: Item<'_>) -> Self {
        Self {
            keyword: item.keyword().into(),
            text: item.text().map(Vec::from),
            object: item.object().map(OwnedObject::from),
        }
    }
}

impl From<Object<'_>> for OwnedObject {
    fn from(object: Object<'_>) -> Self {
        let mut body = Vec::with_capacity(object.body.len());
        for line in object.lines() {
            body.extend_from_slice(line);
            body.push(b'\n');
        }
        Self {
            label: object.label.into(),
            body,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::Document;

    fn rebuilt(document: &[u8]) -> Vec<u8> {
        let items: Vec<_> = Document::new(document)
            .items()
            .map(OwnedItem::from)
            .collect();
        encode(&items)
    }

    #[test]
    fn encodes_what_was_read() {
        for document in [
            &b""[..],
            b"a\nb c  d \nb \n",
            b"@type x 1.0\ncontact \xff\r\rx\n",
            b"k\n-----BEGIN A B-----\nAA==\n-----END A B-----\nl\n",
            b"-no keyword\n \xff\n",
        ] {
            assert_eq!(rebuilt(document), document);
        }
    }

    #[test]
    fn objects_are_bytes() {
        for length in [0, 1, 47, 48, 49, 150] {
            let bytes = [0xa5].repeat(length);
            let mut document = Vec::new();
            OwnedItem::new("k")
                .object_of("A", &bytes)
                .encode(&mut document);
            let object = Document::new(&document).item("k").unwrap().object();
            assert_eq!(object.unwrap().decode(), Some(bytes));
            let lines = document.split(|byte| *byte == b'\n');
            assert!(lines.map(<[u8]>::len).all(|line| line <= 64));
        }
    }

    #[test]
    fn encodes_the_rest_as_the_table_says() {
        for (document, encoded) in [
            (&b"a\n\n\nb\n"[..], &b"a\nb\n"[..]),
            (b"a b\r\nc", b"a b\nc\n"),
            (b"a b\r\r\nc\r", b"a b\nc\n"),
            (b"a\tb\tc\n", b"a b\tc\n"),
            (b"opt a b\n", b"a b\n"),
            (
                b"k\n-----BEGIN A-----\r\nAA\r\n-----END B-----\r\n",
                b"k\n-----BEGIN A-----\nAA\n-----END A-----\n",
            ),
            (
                b"k\n-----BEGIN A-----\nAA",
                b"k\n-----BEGIN A-----\nAA\n-----END A-----\n",
            ),
        ] {
            assert_eq!(rebuilt(document), encoded);
            assert_eq!(rebuilt(encoded), encoded);
        }
    }
}
