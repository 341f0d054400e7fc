//! The parts of documents.

use crate::structure::{Document, cut_line};

/// What follows the annotations, of a document that is not made of items.
pub(super) fn body(document: Document<'_>) -> &[u8] {
    let mut rest = document.as_bytes();
    while let (b"" | [b'@', ..], after) = cut_line(rest)
        && !rest.is_empty()
    {
        rest = after;
    }
    rest
}

/// What is before the first item with this keyword.
pub(super) fn head<'a>(document: Document<'a>, keyword: &'static str) -> Document<'a> {
    let bytes = document.as_bytes();
    let end = starts(document, keyword).next().unwrap_or(bytes.len());
    Document::new(&bytes[..end])
}

/// From each item with this keyword to the next.
pub(super) fn parts<'a>(
    document: Document<'a>,
    keyword: &'static str,
) -> impl Iterator<Item = Document<'a>> {
    let bytes = document.as_bytes();
    let mut starts = starts(document, keyword).peekable();
    core::iter::from_fn(move || {
        let start = starts.next()?;
        let end = starts.peek().copied().unwrap_or(bytes.len());
        Some(Document::new(&bytes[start..end]))
    })
}

fn starts<'a>(document: Document<'a>, keyword: &'static str) -> impl Iterator<Item = usize> {
    document
        .items()
        .filter(move |item| item.keyword_bytes() == keyword.as_bytes())
        .map(|item| item.span().start)
}
