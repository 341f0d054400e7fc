//! The parts of documents.

use crate::structure::Document;

/// What is before the first item with this keyword.
pub(super) fn head<'a>(document: Document<'a>, keyword: &'static str) -> Document<'a> {
    let span = document.span();
    let end = starts(document, keyword).next().unwrap_or(span.end);
    document.part(span.start, end)
}

/// From each item with this keyword to the next.
pub(super) fn parts<'a>(
    document: Document<'a>,
    keyword: &'static str,
) -> impl Iterator<Item = Document<'a>> {
    let after = document.span().end;
    let mut starts = starts(document, keyword).peekable();
    core::iter::from_fn(move || {
        let start = starts.next()?;
        let end = starts.peek().copied().unwrap_or(after);
        Some(document.part(start, end))
    })
}

fn starts<'a>(document: Document<'a>, keyword: &'static str) -> impl Iterator<Item = usize> {
    document
        .items()
        .filter(move |item| item.keyword_bytes() == keyword.as_bytes())
        .map(|item| item.span().start)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn are_parts_of_the_source() {
        let source = b"k 0\nh\nk 1\nx\nk 2\nk 3\n";
        for (start, end, first, rest) in [
            (0, 20, "", &["k 0\nh\n", "k 1\nx\n", "k 2\n", "k 3\n"][..]),
            (4, 16, "h\n", &["k 1\nx\n", "k 2\n"]),
            (10, 12, "x\n", &[]),
            (20, 20, "", &[]),
        ] {
            let document = Document::new(source).part(start, end);
            assert_eq!(
                head(document, "k"),
                document.part(start, start + first.len())
            );
            assert_eq!(head(document, "k").as_bytes(), first.as_bytes());
            let found: Vec<_> = parts(document, "k").map(|part| part.as_bytes()).collect();
            assert_eq!(
                found,
                rest.iter().map(|part| part.as_bytes()).collect::<Vec<_>>()
            );
            assert!(parts(document, "k").all(|part| part.source() == source));
        }
    }
}
