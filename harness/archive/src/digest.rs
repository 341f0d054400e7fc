//! The digests that other documents know a document by.

use data_encoding::{BASE64_NOPAD, HEXUPPER};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;
use tor_harness_netdoc::{Document, Item, hex};

/// The digests that other documents know a document by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Digests {
    /// Of a server descriptor or an extra-info, from its first item to the line
    /// `router-signature`; what `router-digest` says where it stands for that.
    pub sha1: Option<[u8; 20]>,
    /// Of an extra-info or a microdescriptor, all of it.
    pub sha256: Option<[u8; 32]>,
}

impl Digests {
    /// The SHA-1 in hexadecimal.
    #[must_use]
    pub fn sha1_text(&self) -> Option<String> {
        self.sha1.map(|digest| HEXUPPER.encode(&digest))
    }

    /// The SHA-256 in base64 without `=`.
    #[must_use]
    pub fn sha256_text(&self) -> Option<String> {
        self.sha256.map(|digest| BASE64_NOPAD.encode(&digest))
    }
}

/// The digests of a server descriptor, an extra-info or a microdescriptor,
/// which its first item tells; none of others. Annotations do not count.
#[must_use]
pub fn digests(document: Document<'_>) -> Digests {
    let mut items = document.items().skip_while(Item::is_annotation);
    let Some(first) = items.next() else {
        return Digests::default();
    };
    let start = first.span().start;
    let keyword = first.keyword_bytes();
    let end = || items.last().unwrap_or(first).span().end;
    let whole = || Sha256::digest(&document.as_bytes()[start..end()]).into();
    match keyword {
        b"router" => Digests {
            sha1: signed_digest(document, start),
            sha256: None,
        },
        b"extra-info" => Digests {
            sha1: signed_digest(document, start),
            sha256: Some(whole()),
        },
        b"onion-key" => Digests {
            sha1: None,
            sha256: Some(whole()),
        },
        _ => Digests::default(),
    }
}

/// The digest of what the RSA signature is about.
fn signed_digest(document: Document<'_>, start: usize) -> Option<[u8; 20]> {
    if let Some(sanitised) = document.item("router-digest") {
        return hex(sanitised.arguments().next()?);
    }
    let line = document.item("router-signature")?;
    let end = line.span().start + b"router-signature\n".len();
    let signed = document.as_bytes().get(start..end)?;
    Some(Sha1::digest(signed).into())
}
