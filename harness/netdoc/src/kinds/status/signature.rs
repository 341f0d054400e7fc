//! The signatures of votes and consensuses.

use alloc::vec::Vec;

use tor_harness_types::Fingerprint;

use super::shared::DIRECTORY_SIGNATURE;
use crate::rules::{ParseError, Rule, Values};
use crate::structure::{Document, Item, Object};

/// Who signed, and the signature (section 3.4.1). It is not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectorySignature<'a> {
    /// The hash that was signed: `sha1`, which old ones do not say, or `sha256`.
    pub algorithm: &'a [u8],
    /// The fingerprint of the authority's identity key.
    pub identity: Fingerprint,
    /// The SHA-1 of the key that signed.
    pub signing_key_digest: Fingerprint,
    /// The signature.
    pub signature: Option<Object<'a>>,
}

static RULE: Rule = DIRECTORY_SIGNATURE;

impl<'a> DirectorySignature<'a> {
    /// The bytes of the signature; `None` if it is not there, of another label, or no base64.
    #[must_use]
    pub fn decode(&self) -> Option<Vec<u8>> {
        let object = self.signature?;
        let is_signature = object.is_ended && object.label == "SIGNATURE";
        is_signature.then(|| object.decode())?
    }

    /// Reads what a rule for such an item takes, but what comes before it.
    pub(in super::super) fn read(
        item: &Item<'a>,
        values: &mut Values<'a>,
    ) -> Result<Self, ParseError> {
        let algorithm = match values.expected() {
            0..=2 => &b"sha1"[..],
            _ => values.one()?,
        };
        Ok(Self {
            algorithm,
            identity: values.one()?,
            signing_key_digest: values.one()?,
            signature: item.object(),
        })
    }
}

/// All signatures in a part of a document.
pub(in super::super) fn signatures<'a>(
    part: Document<'a>,
) -> impl Iterator<Item = Result<DirectorySignature<'a>, ParseError>> + use<'a> {
    let is_signature = |item: &Item<'_>| item.keyword_bytes() == RULE.keyword.as_bytes();
    part.items()
        .filter(is_signature)
        .map(|item| DirectorySignature::read(&item, &mut Values::new(&RULE, &item)))
}
