//! The part of a status document that is signed, with its digests.

use sha1::{Digest, Sha1};
use sha2::Sha256;
use sha3::Sha3_256;

use super::consensus::Consensus;
use super::vote::Vote;
use crate::structure::Document;

/// What the signatures of a vote or consensus are over: from its first item up
/// to the space behind the first `directory-signature` (section 3.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SignedPart<'a>(pub &'a [u8]);

impl SignedPart<'_> {
    /// The SHA-1: what `vote-digest` and `consensus-digest` say, and what an ns
    /// consensus is signed by.
    #[must_use]
    pub fn sha1(&self) -> [u8; 20] {
        Sha1::digest(self.0).into()
    }

    /// The SHA-256: what a microdesc consensus is signed by.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// The SHA3-256: what a consensus diff names its base by (section 4.5.1).
    #[must_use]
    pub fn sha3_256(&self) -> [u8; 32] {
        Sha3_256::digest(self.0).into()
    }
}

impl<'a> SignedPart<'a> {
    /// The signed part of a document whose signatures are in `footer`; `None`
    /// if it does not begin as it should, or has no signature.
    fn find(document: Document<'a>, footer: Document<'a>) -> Option<Self> {
        const SIGNATURE: &[u8] = b"directory-signature ";
        let mut items = document.items();
        let first = items.find(|item| !item.is_annotation())?;
        let last = footer.item("directory-signature")?;
        let is_whole = first.keyword_bytes() == b"network-status-version"
            && last.as_bytes().starts_with(SIGNATURE);
        let end = last.span().start + SIGNATURE.len();
        let bytes = document.source().get(first.span().start..end)?;
        is_whole.then_some(Self(bytes))
    }
}

impl<'a> Consensus<'a> {
    /// What is signed; `None` if it does not begin as it should, or has no signature.
    #[must_use]
    pub fn signed_part(&self) -> Option<SignedPart<'a>> {
        SignedPart::find(self.document(), self.footer().document())
    }
}

impl<'a> Vote<'a> {
    /// What is signed; `None` if it does not begin as it should, or has no signature.
    #[must_use]
    pub fn signed_part(&self) -> Option<SignedPart<'a>> {
        SignedPart::find(self.document(), self.footer().document())
    }
}
