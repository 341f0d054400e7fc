//! Several documents in one file.

use crate::document::{Document, Items};
use crate::item::Item;

/// Cuts a file into documents of one kind, each of which starts with the
/// item `first`: `router` for server descriptors.
///
/// The documents together are the file: annotations belong to the document
/// that follows, anything else to the one before.
///
/// ```
/// let file = b"@type a 1\nrouter a\nx\nrouter b\n";
/// let documents: Vec<_> = tor_harness_netdoc::documents(file, "router").collect();
/// assert_eq!(documents[0].as_bytes(), b"@type a 1\nrouter a\nx\n");
/// assert_eq!(documents[1].as_bytes(), b"router b\n");
/// ```
#[must_use]
pub fn documents<'a>(file: &'a [u8], first: &'a str) -> Documents<'a> {
    Documents {
        file,
        first,
        items: Document::new(file).items(),
        start: 0,
        begun: false,
    }
}

/// The documents of a file; made by [`documents`].
#[derive(Clone, Debug)]
pub struct Documents<'a> {
    file: &'a [u8],
    first: &'a str,
    items: Items<'a>,
    /// Where the document begins that is handed out next.
    start: usize,
    /// Whether its first item has been seen.
    begun: bool,
}

impl Documents<'_> {
    /// Whether this item belongs to a document that follows the one begun.
    fn starts_another(&mut self, item: &Item<'_>) -> bool {
        let is_first = item.keyword() == self.first;
        let starts = self.begun && (is_first || item.is_annotation());
        self.begun = is_first || (self.begun && !starts);
        starts
    }
}

impl<'a> Iterator for Documents<'a> {
    type Item = Document<'a>;

    fn next(&mut self) -> Option<Document<'a>> {
        let start = self.start;
        while let Some(item) = self.items.next() {
            if self.starts_another(&item) {
                self.start = item.span().start;
                return Some(Document::new(&self.file[start..self.start]));
            }
        }
        self.start = self.file.len();
        (start < self.start).then(|| Document::new(&self.file[start..]))
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn cuts_at_first_items_and_annotations() {
        for pieces in [
            &[][..],
            &["router a\nx\n\n", "router b\n"],
            &["@a\n@b\nrouter a\n", "@a\n@b\nrouter b\n", "router c"],
            // Nothing is lost of a file that does not begin well.
            &["x\n@a\ny\nrouter a\n", "router b\n"],
            &["no document"],
            &["\n"],
            // `router` in an object is none.
            &["router a\nk\n-----BEGIN A-----\nrouter\n-----END A-----\n"],
            &["router a\n", "@trailing\n"],
        ] {
            let file = pieces.concat();
            let cut: Vec<_> = documents(file.as_bytes(), "router")
                .map(|document| core::str::from_utf8(document.as_bytes()).unwrap())
                .collect();
            assert_eq!(cut, pieces);
        }
    }
}
