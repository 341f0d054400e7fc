//! Bytes that no document of text has.

use memchr::{memchr_iter, memmem};

use super::problem::Problem;
use super::problems::Problems;
use crate::structure::Document;

/// Adds what is wrong with the bytes of a document, whatever it is made of.
///
/// The specification names the bytes of which lines are made (section 1.2) and has no
/// word on these; tor takes no document that has one.
pub(crate) fn find_strange_bytes(document: &Document<'_>, problems: &mut Problems) {
    let bytes = document.as_bytes();
    if let Some(mark) = document.byte_order_mark() {
        problems.push(Problem::ByteOrderMark.of(mark, document.source()));
    }
    let mut nuls = memchr_iter(0, bytes);
    if let Some(first) = nuls.next() {
        let place = &bytes[first..=first];
        problems.push(Problem::Nul(nuls.count()).of(place, document.source()));
    }
}

/// Adds the line ends of a document that are no LF alone (section 1.2).
pub(crate) fn find_crlf(document: &Document<'_>, problems: &mut Problems) {
    let bytes = document.as_bytes();
    let mut ends = memmem::find_iter(bytes, b"\r\n");
    if let Some(first) = ends.next() {
        let place = &bytes[first..first + 2];
        problems.push(Problem::CrLf(ends.count()).of(place, document.source()));
    }
}

#[cfg(test)]
mod tests {
    use crate::forms::Form;
    use crate::rules::{Argument, Content, Rule, Rules, Section, Times};
    use crate::testing::problems;

    #[rustfmt::skip]
    static RULES: Rules = Rules::new(&[Section::new("document", Times::Exactly, &[
        Rule::exactly_once("first"),
        Rule::at_most_once("contact").takes(&[Argument::one("info", Form::Text)]),
        Rule::at_most_once("key").object("KEY", Content::Bytes),
    ])]);

    #[test]
    fn are_told_once() {
        let mark = "1:1 expected no byte order mark, as these three bytes are";
        #[rustfmt::skip]
        let cases: &[(&str, &[&str])] = &[
            ("first\n", &[]),
            ("\u{feff}first\n", &[mark]),
            ("\u{feff}@type x 1.0\nfirst\n", &[mark]),
            // Elsewhere it is a part of the line.
            ("first\n\u{feff}second\n", &["2:1 expected a keyword: letters, digits and hyphens"]),
            ("first a\0b\n", &["1:8 expected no NUL byte"]),
            ("first\n\n\0\0\n", &["3:1 expected no NUL byte; 1 more follows", "3:1 expected a keyword: letters, digits and hyphens"]),
            ("first\r\n", &["1:6 expected LF alone at the end of a line, as the specification has it"]),
            ("@type x 1.0\r\nfirst\nx y\r\n", &["1:12 expected LF alone at the end of a line, as the specification has it; 1 more follows"]),
            ("first\nkey\n-----BEGIN KEY-----\r\nAAAA\r\n-----END KEY-----\r\n",
                &["3:20 expected LF alone at the end of a line, as the specification has it; 2 more follow"]),
            // All is free in a text, and blank lines say nothing.
            ("first\ncontact a\rb\r\n\r\n", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(problems(&RULES, text.as_bytes()), *expected, "{text:?}");
        }
    }
}
