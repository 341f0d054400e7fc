//! The digests that documents are named by.

use super::item::Item;
use super::line::cut_line;
use sha1::{Digest as _, Sha1 as Hash1};
use sha2::Sha256 as Hash256;

/// A SHA-1 digest.
pub type Sha1 = [u8; 20];
/// A SHA-256 digest.
pub type Sha256 = [u8; 32];

/// The SHA-1 of some bytes.
#[must_use]
pub fn sha1(bytes: &[u8]) -> Sha1 {
    Hash1::digest(bytes).into()
}

/// The SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Sha256 {
    Hash256::digest(bytes).into()
}

/// The part of a document from the start of one item to the end of another,
/// with its object; `None` if that stands before.
pub(crate) fn part<'a>(first: Item<'a>, last: Item<'a>) -> Option<&'a [u8]> {
    let source = first.source();
    source.get(first.span().start..last.span().end)
}

/// The same to the end of the other's keyword line: what is signed (section 1.3).
pub(crate) fn signed_part<'a>(first: Item<'a>, last: Item<'a>) -> Option<&'a [u8]> {
    let (_, object) = cut_line(last.as_bytes());
    let line_end = last.span().end - object.len();
    first.source().get(first.span().start..line_end)
}
