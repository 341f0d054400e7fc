//! The ed25519 certificate.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use tor_harness_types::{Span, UtcSeconds};

use crate::rules::{Content, ParseError, Problem};
use crate::structure::{Document, Object};

/// A certificate of an ed25519 key (cert-spec section 2.1).
///
/// Whether the signature holds is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ed25519Certificate<'a> {
    /// What it certifies: 4 for a signing key by an identity key, and so on
    /// (cert-spec section A.1).
    pub cert_type: u8,
    /// When it is over, in whole hours.
    pub expires: UtcSeconds,
    /// What the certified key is: 1 for ed25519 (cert-spec section A.4).
    pub key_type: u8,
    /// The certified key, or the hash of one.
    pub key: [u8; 32],
    /// The signature over all before it.
    pub signature: [u8; 64],
    bytes: &'a [u8],
}

/// A part of a certificate that not all have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Extension<'a> {
    /// What it is: 4 for the key that signed.
    pub extension_type: u8,
    /// 1 if who does not know it must not take the certificate.
    pub flags: u8,
    /// What it says.
    pub data: &'a [u8],
}

/// Version, type, hours, key type, key, number of extensions.
const HEAD: usize = 1 + 1 + 4 + 1 + 32 + 1;
const SIGNATURE: usize = 64;
/// The type of the extension that holds the key that signed.
pub(crate) const SIGNED_WITH: u8 = 4;
/// The flag of an extension without which the certificate says something else.
pub(crate) const AFFECTS_VALIDATION: u8 = 1;

/// The types of certificates (cert-spec section A.1).
#[rustfmt::skip]
static TYPES: &[(u8, &str)] = &[
    (4, "signing key, by identity key"),
    (5, "TLS link certificate, by signing key"),
    (6, "authentication key, by signing key"),
    (8, "onion service's descriptor signing key, by blinded key"),
    (9, "introduction point's authentication key, by descriptor signing key"),
    (10, "identity key, by ntor onion key"),
    (11, "introduction point's encryption key, by descriptor signing key"),
    (12, "identity key, by family key"),
];
/// The types of keys (cert-spec section A.4).
static KEY_TYPES: &[(u8, &str)] = &[
    (1, "ed25519 key"),
    (2, "SHA-256 of an RSA key"),
    (3, "SHA-256 of an X.509 certificate"),
];

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

    /// All problems of a certificate that is a document by itself.
    #[must_use]
    pub fn check(document: Document<'_>) -> Vec<ParseError> {
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

    /// What it certifies, and by what; `None` for a type that nobody knows.
    #[must_use]
    pub fn type_name(&self) -> Option<&'static str> {
        name(TYPES, self.cert_type)
    }

    /// What the certified key is; `None` for a type that nobody knows.
    #[must_use]
    pub fn key_type_name(&self) -> Option<&'static str> {
        name(KEY_TYPES, self.key_type)
    }

    /// Reads a certificate of version 1.
    ///
    /// # Errors
    /// If its version is another, or its length is not that of its parts.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Ed25519CertificateError> {
        use Ed25519CertificateError as Wrong;
        let (head, _) = bytes.split_first_chunk::<HEAD>().ok_or(Wrong::Length)?;
        let (signed, signature) = bytes
            .split_last_chunk::<SIGNATURE>()
            .filter(|(signed, _)| signed.len() >= HEAD)
            .ok_or(Wrong::Length)?;
        if head[0] != 1 {
            return Err(Wrong::Version(head[0]));
        }
        let mut key = [0; 32];
        key.copy_from_slice(&head[7..39]);
        let mut extensions = Extensions(&signed[HEAD..]);
        for _ in 0..head[39] {
            extensions.next().ok_or(Wrong::Length)?;
        }
        if !extensions.0.is_empty() {
            return Err(Wrong::Length);
        }
        let certificate = Self {
            cert_type: head[1],
            expires: expires(head).ok_or(Wrong::Expires)?,
            key_type: head[6],
            key,
            signature: *signature,
            bytes,
        };
        let mut with_key = certificate.extensions();
        match with_key.find(|extension| extension.extension_type == SIGNED_WITH) {
            Some(extension) if extension.data.len() != 32 => Err(Wrong::SigningKey),
            _ => Ok(certificate),
        }
    }

    /// The bytes as they came.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// What the signature is over.
    #[must_use]
    pub fn signed_bytes(&self) -> &'a [u8] {
        &self.bytes[..self.bytes.len() - SIGNATURE]
    }

    /// The extensions, in order.
    pub fn extensions(&self) -> impl Iterator<Item = Extension<'a>> + use<'a> {
        Extensions(&self.signed_bytes()[HEAD..])
    }

    /// The key that signed, where the certificate says it.
    #[must_use]
    pub fn signing_key(&self) -> Option<[u8; 32]> {
        self.extensions()
            .find(|extension| extension.extension_type == SIGNED_WITH)?
            .data
            .try_into()
            .ok()
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
        let (object, rest) = Object::cut(document.without_annotations().as_bytes())?;
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

/// When a certificate is over; `None` after the year 9999.
fn expires(head: &[u8; HEAD]) -> Option<UtcSeconds> {
    let hours = u32::from_be_bytes([head[2], head[3], head[4], head[5]]);
    UtcSeconds::from_unix(i64::from(hours) * 3600)
}

fn name(names: &[(u8, &'static str)], number: u8) -> Option<&'static str> {
    let mut names = names.iter();
    Some(names.find(|(own, _)| *own == number)?.1)
}

/// The extensions, cut from the start.
struct Extensions<'a>(&'a [u8]);

impl<'a> Iterator for Extensions<'a> {
    type Item = Extension<'a>;

    fn next(&mut self) -> Option<Extension<'a>> {
        let (&[high, low, extension_type, flags], rest) = self.0.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes([high, low]));
        let (data, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Extension {
            extension_type,
            flags,
            data,
        })
    }
}

/// Why bytes are no [`Ed25519Certificate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ed25519CertificateError {
    /// It is longer or shorter than its parts.
    Length,
    /// It is of this version, which nobody knows.
    Version(u8),
    /// It is over after the year 9999.
    Expires,
    /// The key that signed has not 32 bytes.
    SigningKey,
}

impl fmt::Display for Ed25519CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("expected as many bytes as its parts say"),
            Self::Version(version) => write!(f, "expected version 1, got {version}"),
            Self::Expires => f.write_str("expected to be over before the year 10000"),
            Self::SigningKey => f.write_str("expected a signing key of 32 bytes"),
        }
    }
}

impl core::error::Error for Ed25519CertificateError {}

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
        let found = Ed25519Certificate::check(Document::new(text.as_bytes()));
        // Byte 40 is in the digit 53: the sixth of the second line.
        assert_eq!(found[0].span.place(text.as_bytes()).line, 3);
        assert_eq!(found[0].span.place(text.as_bytes()).column, 6);
    }
}
