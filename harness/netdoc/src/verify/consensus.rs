//! Whether a consensus is signed by enough authorities (section 3.4.1).

use alloc::vec::Vec;

use tor_harness_types::{Fingerprint, Span, UtcSeconds};

use super::authorities::{Authorities, Digests, Standing};
use super::failure::{Failure, Unproved};
use super::proof::Proof;
use super::verified::Verified;
use crate::kinds::{Consensus, DirectorySignature};
use crate::rules::ParseError;
use crate::structure::{Document, Item};

/// A signature of a consensus, and what it is worth.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The signature.
    pub signature: DirectorySignature<'a>,
    /// What it is worth.
    pub standing: Standing,
    /// Where it is.
    pub span: Span,
}

pub(super) const SIGNATURE: &str = "directory-signature";

impl<'a> Consensus<'a> {
    /// Verifies that more than half of the authorities signed it, each by one signature that
    /// holds, whatever others are worth: [`Consensus::judge`] says that.
    ///
    /// # Errors
    /// If too few did: what their signatures lack, too.
    pub fn verify(self, authorities: &Authorities) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        proof.status(self.document(), self.footer().document(), "consensus");
        match self.judge(authorities) {
            Ok(judged) => count(&mut proof, authorities, &judged, self.document()),
            Err(error) => {
                proof.read::<()>(Err(error));
            }
        }
        proof.finish(self)
    }

    /// What each signature is worth, in their order.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn judge(&self, authorities: &Authorities) -> Result<Vec<Judged<'a>>, ParseError> {
        let mut digests = Digests::new(self.signed_part().map_or(&[][..], |part| part.0));
        let items = signature_items(self.footer().document());
        self.signatures()
            .zip(items)
            .map(|(signature, item)| {
                let signature = signature?;
                let digest = digests.get(signature.algorithm);
                Ok(Judged {
                    signature,
                    standing: authorities.standing(&signature, digest),
                    span: item.span(),
                })
            })
            .collect()
    }
}

pub(super) fn signature_items<'a>(part: Document<'a>) -> impl Iterator<Item = Item<'a>> {
    let is_signature = |item: &Item<'_>| item.keyword_bytes() == SIGNATURE.as_bytes();
    part.items().filter(is_signature)
}

/// Whether enough signatures hold, and until when.
fn count(proof: &mut Proof, authorities: &Authorities, judged: &[Judged<'_>], of: Document<'_>) {
    let mut good: Vec<(Fingerprint, UtcSeconds)> = Vec::new();
    for judged in judged {
        if let Standing::Good(until) = judged.standing {
            good.push((judged.signature.identity, until));
        }
    }
    // Of several signatures of one authority the one that holds for longest.
    good.sort_unstable_by(|one, other| other.cmp(one));
    good.dedup_by_key(|(identity, _)| *identity);
    let needed = authorities.needed();
    good.sort_unstable_by_key(|(_, until)| core::cmp::Reverse(*until));
    if let Some((_, until)) = good.get(needed - 1) {
        return proof.until(*until);
    }
    let problem = Failure::FewSignatures {
        good: good.len(),
        needed,
    };
    let end = of.span().end;
    proof.fail::<()>(problem, (end..end).into());
    for judged in judged {
        if let Some(problem) = judged.failure() {
            proof.fail::<()>(problem, judged.span);
        }
    }
}

impl Judged<'_> {
    /// Why it is worth nothing; `None` if it is good.
    pub(super) fn failure(&self) -> Option<Failure> {
        match self.standing {
            Standing::Good(_) => None,
            Standing::Bad => Some(Failure::Signature("the key that it names")),
            Standing::UnknownAuthority => Some(Failure::UnknownAuthority(self.signature.identity)),
            Standing::NoCertificate => {
                Some(Failure::NoCertificate(self.signature.signing_key_digest))
            }
            Standing::UnknownAlgorithm => Some(Failure::UnknownAlgorithm),
        }
    }
}

impl Proof {
    /// That a status document is of this status, and that nothing but signatures is
    /// beside what is signed.
    pub(super) fn status(&mut self, document: Document<'_>, footer: Document<'_>, status: &str) {
        const STATUS: &str = "vote-status";
        let end = document.span().end;
        if let Some(item) = self.need(document.item(STATUS), STATUS, end) {
            let is_such = item.arguments().next() == Some(status.as_bytes());
            let problem = Failure::Differs("the vote-status", "that of such a document");
            self.expect(is_such, problem, item.span());
        }
        let items = footer.items();
        let behind = items.skip_while(|item| item.keyword_bytes() != SIGNATURE.as_bytes());
        for item in behind.filter(|item| item.keyword_bytes() != SIGNATURE.as_bytes()) {
            self.fail::<()>(Failure::Unsigned(SIGNATURE), item.span());
        }
        let mut items = document.items();
        let first = items.find(|item| !item.is_annotation());
        if let Some(item) = first {
            const FIRST: &str = "network-status-version";
            let is_first = item.line().starts_with(FIRST.as_bytes());
            self.expect(is_first, Failure::Unsigned(FIRST), item.span());
        }
    }
}
