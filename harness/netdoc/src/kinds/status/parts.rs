//! The parts of a status document, found from both ends.

use memchr::memrchr;

use super::shared::{DIRECTORY_SIGNATURE, FOOTER_SECTION};
use crate::structure::{Document, keyword};

/// Where the parts of a status document are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    pub(super) document: Document<'a>,
    /// Where the preamble ends, in the source.
    authorities: usize,
    /// Where the first entry begins.
    entries: usize,
    /// Where what stands behind the entries begins.
    footer: usize,
}

impl<'a> Parts<'a> {
    /// Looks at what is before the first entry, and at what is behind the last.
    pub(super) fn find(document: Document<'a>) -> Self {
        let start = document.span().start;
        let footer = start + footer_start(document.as_bytes());
        let mut authorities = None;
        let mut entries = footer;
        for item in document.part(start, footer).items() {
            match item.keyword_bytes() {
                b"r" => {
                    entries = item.span().start;
                    break;
                }
                b"dir-source" if authorities.is_none() => authorities = Some(item.span().start),
                _ => {}
            }
        }
        Self {
            document,
            authorities: authorities.unwrap_or(entries),
            entries,
            footer,
        }
    }

    /// Up to the first entry.
    pub(super) fn head(&self) -> Document<'a> {
        self.document.part(self.document.span().start, self.entries)
    }

    /// Up to the first authority.
    pub(super) fn preamble(&self) -> Document<'a> {
        self.document
            .part(self.document.span().start, self.authorities)
    }

    /// From the first authority up to the first entry.
    pub(super) fn authorities(&self) -> Document<'a> {
        self.document.part(self.authorities, self.entries)
    }

    /// The entries.
    pub(super) fn entries(&self) -> Document<'a> {
        self.document.part(self.entries, self.footer)
    }

    /// What is behind the entries.
    pub(super) fn footer(&self) -> Document<'a> {
        self.document.part(self.footer, self.document.span().end)
    }
}

/// Where what stands behind the entries begins: lines are looked at from the
/// last on, up to the first line of an entry.
fn footer_start(bytes: &[u8]) -> usize {
    let mut footer = bytes.len();
    let mut end = bytes.len();
    while end > 0 {
        let start = memrchr(b'\n', &bytes[..end - 1]).map_or(0, |newline| newline + 1);
        let line = bytes[start..end].trim_ascii_end();
        match keyword(line) {
            // Not base64.
            b"r" if line.len() > 1 => break,
            word if is_of_footer(word) => footer = start,
            _ => {}
        }
        end = start;
    }
    footer
}

/// Whether items with this keyword stand behind the entries.
fn is_of_footer(keyword: &[u8]) -> bool {
    FOOTER_SECTION.rule(keyword).is_some() || keyword == DIRECTORY_SIGNATURE.keyword.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_all_of_the_document() {
        for parts in [
            ["", "", "", ""],
            ["network-status-version 3\nx\n", "", "", ""],
            [
                "a\n",
                "dir-source\nb\ndir-source\n",
                "r a\ns\nr b\n\n",
                "directory-footer\nz\n",
            ],
            ["a\n", "", "r a\ns", ""],
            [
                "a\n",
                "dir-source\n",
                "",
                "directory-signature\n-----BEGIN A-----\nr\n",
            ],
            // Without a footer, and with lines between that belong nowhere.
            [
                "a\n",
                "",
                "r a\ndirectory-footer\nopt r b\nx\n",
                "directory-signature a\nx\ndirectory-signature b",
            ],
        ] {
            let document = parts.concat();
            let found = Parts::find(Document::new(document.as_bytes()));
            let found = [
                found.preamble(),
                found.authorities(),
                found.entries(),
                found.footer(),
            ];
            assert_eq!(
                found.map(|part| core::str::from_utf8(part.as_bytes()).unwrap()),
                parts
            );
        }
    }
}
