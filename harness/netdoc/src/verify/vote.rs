//! Whether a vote is an authority's (section 3.4.1).

use alloc::vec::Vec;

use tor_harness_types::Fingerprint;

use super::authorities::{Authorities, Digests};
use super::consensus::{SIGNATURE, signature_items};
use super::failure::{Failure, Unproved};
use super::proof::Proof;
use super::verified::Verified;
use crate::kinds::Vote;
use crate::structure::sha1;

impl Vote<'_> {
    /// Verifies that an authority that is trusted signed it, by the key whose certificate is in it.
    ///
    /// tor signs the SHA-1, and takes nothing else whatever hash is named.
    ///
    /// # Errors
    /// All that does not hold.
    pub fn verify(self, authorities: &Authorities) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        self.prove(&mut proof, authorities);
        proof.finish(self)
    }

    fn prove(&self, proof: &mut Proof, authorities: &Authorities) -> Option<()> {
        let document = self.document();
        let end = document.span().end;
        proof.status(document, self.footer().document(), "vote");
        let certificate = self.key_certificate();
        let certificate = proof.need(certificate, "dir-key-certificate-version", end)?;
        let identity = certificate.prove(proof)?;
        let authority = proof.need(self.authority(), "dir-source", end)?;
        let source = proof.read(authority.source())?;
        let span = authority.document().span();
        let problem = Failure::Differs("the identity", "that of the key certificate");
        proof.expect(source.identity == identity, problem, span);
        let is_known = authorities.contains(&identity);
        proof.expect(is_known, Failure::UnknownAuthority(identity), span);

        let mut items = signature_items(self.footer().document());
        let item = proof.need(items.next(), SIGNATURE, end)?;
        if let Some(another) = items.next() {
            proof.fail::<()>(Failure::Unsigned(SIGNATURE), another.span());
        }
        let signature = proof.read(self.signatures().next()?)?;
        let key = certificate.signing_key()?;
        let names = (signature.identity, signature.signing_key_digest);
        let is_named = names == (identity, Fingerprint::new(sha1(&key)));
        let problem = Failure::Differs("the key that signed", "that of the key certificate");
        proof.expect(is_named, problem, item.span());
        let part = proof.need(self.signed_part(), SIGNATURE, end)?;
        let mut digests = Digests::new(part.0);
        let Some(digest) = digests.get(signature.algorithm) else {
            return proof.fail(Failure::UnknownAlgorithm, item.span());
        };
        let by = (Some(&key[..]), "the dir-signing-key");
        proof.rsa(&item, &["SIGNATURE"], by, digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Kind;
    use crate::structure::Document;
    use crate::testing::recorded;
    use crate::verify::testing::{authorities, flip, good, named, said};

    #[test]
    fn votes_hold() {
        for (path, bytes) in good(Kind::Vote) {
            let read = Vote::read(Document::new(bytes));
            let certificate = read.key_certificate().unwrap();
            let authorities = Authorities::new([certificate.fingerprint().unwrap()]);
            assert_eq!(said(read.verify(&authorities), bytes), [""; 0], "{path}");
            let nobody = said(read.verify(&Authorities::default()), bytes);
            assert!(
                nobody[0].contains("expected an authority that is trusted"),
                "{nobody:?}"
            );
        }
    }

    #[test]
    fn flipped_votes_do_not() {
        let authorities = authorities();
        let bytes = recorded("netdoc/vote/authority-0");
        let vote = Vote::read(Document::new(bytes));
        let named: Vec<_> = vote.signatures().map(named).collect();
        flip(bytes, &named, |bytes| {
            Vote::read(Document::new(bytes))
                .verify(&authorities)
                .is_err()
        });
    }
}
