//! C strings with the comments between them.

use memchr::{memchr, memchr2, memmem};

/// What a file of C strings is made of (dir-list-spec section 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// What is between two quotation marks.
    Text(&'a [u8]),
    /// What is in a comment.
    Comment(&'a [u8]),
    /// What ends an entry.
    Comma(&'a [u8]),
    /// What is none of these, up to the end of its line.
    Other(&'a [u8]),
}

/// The tokens in order.
pub(super) fn tokens(source: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut rest = source;
    core::iter::from_fn(move || {
        rest = rest.trim_ascii_start();
        let (token, after) = cut(rest)?;
        rest = after;
        Some(token)
    })
}

/// The token that `rest` starts with, and what follows.
fn cut(rest: &[u8]) -> Option<(Token<'_>, &[u8])> {
    // Looked for only where all up to it is taken: there may be many tokens in a line.
    let line = || rest.split_at(memchr(b'\n', rest).unwrap_or(rest.len()));
    let other = || {
        let (line, after) = line();
        Some((Token::Other(line), after))
    };
    match rest {
        [] => None,
        [b'"', inside @ ..] => match memchr2(b'"', b'\n', inside) {
            Some(end) if inside[end] == b'"' => {
                Some((Token::Text(&inside[..end]), &inside[end + 1..]))
            }
            _ => other(),
        },
        [b'/', b'*', inside @ ..] => {
            let end = memmem::find(inside, b"*/").unwrap_or(inside.len());
            let (comment, after) = inside.split_at(end);
            Some((Token::Comment(comment), after.get(2..).unwrap_or_default()))
        }
        [b'/', b'/', ..] => {
            let (line, after) = line();
            Some((Token::Comment(&line[2..]), after))
        }
        [b',', after @ ..] => Some((Token::Comma(&rest[..1]), after)),
        _ => other(),
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn cuts_tokens() {
        use Token::{Comma, Comment, Other, Text};
        #[rustfmt::skip]
        let cases: &[(&str, &[Token<'_>])] = &[
            ("", &[]),
            (" \n\n", &[]),
            ("\"a b\"\n\" c\", /* x=y */\n// z\n", &[Text(b"a b"), Text(b" c"), Comma(b","), Comment(b" x=y "), Comment(b" z")]),
            ("/* more\nlines */ \"a\"", &[Comment(b" more\nlines "), Text(b"a")]),
            ("\"open\nNULL,\n/* open", &[Other(b"\"open"), Other(b"NULL,"), Comment(b" open")]),
            ("//", &[Comment(b"")]),
            ("/", &[Other(b"/")]),
        ];
        for (text, expected) in cases {
            assert_eq!(
                tokens(text.as_bytes()).collect::<Vec<_>>(),
                *expected,
                "{text}"
            );
        }
    }
}
