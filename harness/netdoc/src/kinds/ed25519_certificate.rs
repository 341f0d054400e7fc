//! The ed25519 certificate that is a document by itself.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use tor_harness_types::Span;

use crate::forms::Ed25519Certificate;
use crate::forms::ed25519_certificate::{
    AFFECTS_VALIDATION, Extensions, HEAD, KEY_TYPES, SIGNATURE, SIGNED_WITH, TYPES, expires, name,
};
use crate::rules::{Content, ParseError, Problem};
use crate::structure::{Document, Object};

impl<'a> Ed25519Certificate<'a> {
    /// The line that begins one that stands in a file by itself.
    pub(super) const BEGIN: &'static [u8] = b"-----BEGIN ED25519 CERT-----";

    /// The bytes of the certificate that is a document by itself: in base64
    /// between two lines, or as they are. `None` if the base64 is none.
    #[must_use]
    pub fn bytes_of(document: Document<'a>) -> Option<Cow<'a, [u8]>> {
        match Armor::of(document) {
            Some(armor) => armor.object.decode().map(Cow::Owned),
            None => Some(Cow::Borrowed(document.as_bytes())),
        }
    }

    /// Whether a document is a certificate, and nothing beside it.
    #[must_use]
    pub fn is_alone(document: Document<'_>) -> bool {
        Armor::of(document)
            .is_none_or(|armor| armor.object.is_ended && armor.rest.trim_ascii().is_empty())
    }

    /// All problems of a certificate that is a document by itself.
    pub(super) fn check(document: Document<'_>) -> Vec<ParseError> {
        let source = document.source();
        let Some(armor) = Armor::of(document) else {
            return problems(document.as_bytes(), source);
        };
        if !armor.object.is_ended {
            let end = armor.object.no_end(source, document.span().end);
            return [Problem::ObjectEnd.of(end, source)].into();
        }
        let mut found: Vec<_> = match armor.object.decode() {
            None => {
                let damage = armor.object.damage();
                [Problem::ObjectContent(Content::Ed25519Certificate).of(damage, source)].into()
            }
            Some(bytes) => {
                let located = problems(&bytes, &bytes).into_iter();
                located.map(|wrong| armor.place(wrong, source)).collect()
            }
        };
        let rest = armor.rest.trim_ascii();
        if !rest.is_empty() {
            found.push(Problem::Expected("nothing behind the certificate").of(rest, source));
        }
        found
    }
}

/// A certificate in base64, between two lines.
struct Armor<'a> {
    object: Object<'a>,
    /// What follows it.
    rest: &'a [u8],
}

impl<'a> Armor<'a> {
    fn of(document: Document<'a>) -> Option<Self> {
        let bytes = document.without_annotations().as_bytes();
        let object = Object::cut(bytes)?;
        let rest = Object::skip(bytes);
        Some(Self { object, rest })
    }

    /// The digits that stand for the bytes of a problem.
    fn place(&self, wrong: ParseError, source: &[u8]) -> ParseError {
        let body = Span::of(self.object.body, source);
        let digits = self.object.body.iter().enumerate();
        let digits: Vec<usize> = digits
            .filter(|(_, digit)| !digit.is_ascii_whitespace())
            .map(|(offset, _)| body.start + offset)
            .collect();
        let at = |byte: usize| digits.get(byte * 4 / 3).copied().unwrap_or(body.end);
        let Span { start, end } = wrong.span;
        ParseError {
            problem: wrong.problem,
            span: Span {
                start: at(start),
                end: at(end),
            },
        }
    }
}

/// All problems of the bytes, which are part of `source`.
fn problems(bytes: &[u8], source: &[u8]) -> Vec<ParseError> {
    let mut problems = Vec::new();
    let mut expected = |what, part: &[u8]| problems.push(Problem::Expected(what).of(part, source));
    let Some((head, rest)) = bytes.split_first_chunk::<HEAD>() else {
        expected("104 bytes at least", &bytes[bytes.len()..]);
        return problems;
    };
    if head[0] != 1 {
        expected("version 1", &head[..1]);
    }
    if name(TYPES, head[1]).is_none() {
        expected("a type that is known", &head[1..2]);
    }
    if expires(head).is_none() {
        expected("hours that are over before the year 10000", &head[2..6]);
    }
    if name(KEY_TYPES, head[6]).is_none() {
        expected("a type of keys that is known", &head[6..7]);
    }
    let mut extensions = Extensions(rest);
    for _ in 0..head[39] {
        let start = extensions.0;
        match extensions.next() {
            None => {
                expected("as many extensions as it says, each whole", start);
                return problems;
            }
            Some(extension) if extension.extension_type == SIGNED_WITH => {
                if extension.data.len() != 32 {
                    expected("a key of 32 bytes", extension.data);
                }
            }
            Some(extension) if extension.flags & AFFECTS_VALIDATION != 0 => {
                expected("no unknown extension that has to be known", &start[2..3]);
            }
            Some(_) => {}
        }
    }
    if extensions.0.len() != SIGNATURE {
        expected("a signature of 64 bytes, then nothing", extensions.0);
    }
    problems
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use data_encoding::BASE64;

    use super::*;
    use crate::kinds::Kind;
    use crate::testing::placed;

    /// A test certificate with the key that signed it.
    fn certificate() -> Vec<u8> {
        let mut bytes = Vec::from([1, 8, 0, 7, 0x9c, 0x43, 1]);
        bytes.extend_from_slice(&[2; 32]);
        bytes.extend_from_slice(&[1, 0, 32, 4, 0]);
        bytes.extend_from_slice(&[3; 32]);
        bytes.extend_from_slice(&[4; 64]);
        bytes
    }

    #[test]
    fn reads_the_fields() {
        let bytes = certificate();
        let read = Ed25519Certificate::parse(&bytes).unwrap();
        assert_eq!(read.signing_key(), Some([3; 32]));
        assert!(read.type_name().unwrap().starts_with("onion service"));
        assert_eq!(read.key_type_name(), Some("ed25519 key"));
        let digits = BASE64.encode(&bytes);
        let text = alloc::format!(
            "@a\n-----BEGIN ED25519 CERT-----\n{digits}\n-----END ED25519 CERT-----\n"
        );
        let document = Document::new(text.as_bytes());
        assert_eq!(Ed25519Certificate::bytes_of(document).unwrap(), bytes);
        assert_eq!(Kind::Ed25519Certificate.check(&document), []);
    }

    #[test]
    fn says_what_is_wrong() {
        type Change = fn(&mut Vec<u8>);
        #[rustfmt::skip]
        let cases: &[(Change, &[&str])] = &[
            (|_| {}, &[]),
            (|bytes| bytes.truncate(39), &["39 expected 104 bytes at least"]),
            (|bytes| bytes[0] = 2, &["0 expected version 1"]),
            (|bytes| bytes[1] = 7, &["1 expected a type that is known"]),
            // 9999-12-31 23:00:00 is the last hour.
            (|bytes| bytes[2..6].copy_from_slice(&70_389_527_u32.to_be_bytes()), &[]),
            (|bytes| bytes[2..6].copy_from_slice(&70_389_528_u32.to_be_bytes()), &["2 expected hours that are over before the year 10000"]),
            (|bytes| bytes[6] = 0, &["6 expected a type of keys that is known"]),
            (|bytes| (bytes[0], bytes[1]) = (0, 0), &["0 expected version 1", "1 expected a type that is known"]),
            (|bytes| bytes[41] = 31, &["44 expected a key of 32 bytes", "75 expected a signature of 64 bytes, then nothing"]),
            (|bytes| (bytes[42], bytes[43]) = (9, 1), &["42 expected no unknown extension that has to be known"]),
            (|bytes| bytes[42] = 9, &[]),
            (|bytes| bytes[39] = 0, &["40 expected a signature of 64 bytes, then nothing"]),
            (|bytes| bytes[40] = 9, &["40 expected as many extensions as it says, each whole"]),
            (|bytes| bytes.push(0), &["76 expected a signature of 64 bytes, then nothing"]),
        ];
        for (change, expected) in cases {
            let mut bytes = certificate();
            change(&mut bytes);
            let found = problems(&bytes, &bytes).into_iter();
            let found: Vec<String> = found
                .map(|wrong| alloc::format!("{} {}", wrong.span.start, wrong.problem))
                .collect();
            assert_eq!(found, *expected);
            // What cannot be read has a problem.
            assert!(Ed25519Certificate::parse(&bytes).is_ok() || !found.is_empty());
        }
    }

    #[test]
    fn finds_damage_in_the_digits() {
        let base64 = "expected base64 of an ed25519 certificate";
        let end = "expected lines of base64, then -----END with the label of -----BEGIN";
        for (object, place, problem) in [
            ("AA*A\n-----END ED25519 CERT-----\n", "2:3", base64),
            ("AAA\n-----END ED25519 CERT-----\n", "2:1", base64),
            ("AAAA\nAA A\n-----END ED25519 CERT-----\n", "3:3", base64),
            ("AAAA\n-----END CERT-----\n", "3:1", end),
            ("AAAA\n", "3:1", end),
        ] {
            let text = alloc::format!("-----BEGIN ED25519 CERT-----\n{object}");
            let found = Kind::Ed25519Certificate.check(&Document::new(text.as_bytes()));
            let expected = alloc::format!("{place} {problem}");
            assert_eq!(placed(&found, text.as_bytes()), [expected], "{text}");
        }
    }

    #[test]
    fn finds_what_follows() {
        let digits = BASE64.encode(&certificate());
        for (behind, expected) in [
            ("", &[][..]),
            ("\n", &[]),
            ("tail\n", &["4:1 expected nothing behind the certificate"]),
        ] {
            let text = alloc::format!(
                "-----BEGIN ED25519 CERT-----\n{digits}\n-----END ED25519 CERT-----\n{behind}"
            );
            let found = Kind::Ed25519Certificate.check(&Document::new(text.as_bytes()));
            assert_eq!(placed(&found, text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn finds_the_digits() {
        let mut bytes = certificate();
        bytes[39] = 0;
        let digits = BASE64.encode(&bytes);
        let (first, second) = digits.split_at(48);
        let text = alloc::format!(
            "-----BEGIN ED25519 CERT-----\n{first}\n{second}\n-----END ED25519 CERT-----\n"
        );
        let found = Kind::Ed25519Certificate.check(&Document::new(text.as_bytes()));
        // Byte 40 is in the digit 53: the sixth of the second line.
        assert_eq!(found[0].span.place(text.as_bytes()).line, 3);
        assert_eq!(found[0].span.place(text.as_bytes()).column, 6);
    }
}
