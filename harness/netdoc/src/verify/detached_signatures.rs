//! Whether detached signatures are of a consensus (section 3.10).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::authorities::{Authorities, Digests, Standing};
use super::consensus::Judged;
use super::failure::{Failure, Unproved};
use super::lifetime::Lifetime;
use super::proof::Proof;
use super::verified::Verified;
use crate::kinds::{AdditionalDigest, Consensus, DetachedSignatures, DirectorySignature, Flavor};
use crate::rules::ParseError;
use crate::structure::Item;

impl<'a> DetachedSignatures<'a> {
    /// Verifies that they are of these consensuses, of one flavor each, and that the
    /// signatures hold: all of authorities that are trusted, of which there is one at least.
    ///
    /// # Errors
    /// All that does not hold.
    pub fn verify(
        self,
        consensuses: &[Consensus<'_>],
        authorities: &Authorities,
    ) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        for consensus in consensuses {
            self.prove_times(&mut proof, consensus);
            self.prove_digests(&mut proof, consensus);
        }
        let judged = self.judge(authorities);
        if let Some(judged) = proof.read(judged) {
            self.prove_signatures(&mut proof, &judged);
        }
        proof.finish(self)
    }

    /// What each signature is worth, those of other flavors than ns first.
    ///
    /// # Errors
    /// If one, or a digest, cannot be read.
    pub fn judge(&self, authorities: &Authorities) -> Result<Vec<Judged<'a>>, ParseError> {
        let mut digests = BTreeMap::new();
        for named in self.digests()? {
            let of = (named.flavor, named.algorithm);
            digests.entry(of).or_insert(named.digest);
        }
        let judge = |item: Item<'a>, flavor: &[u8], signature: DirectorySignature<'a>| {
            let digest = digests.get(&(flavor, signature.algorithm));
            let digest = digest.map(|digest| &digest[..]);
            Judged {
                signature,
                standing: authorities.standing(&signature, digest),
                span: item.span(),
            }
        };
        let mut judged = Vec::new();
        let items = self.fields().all("additional-signature");
        for (item, additional) in items.zip(self.additional_signatures()) {
            let additional = additional?;
            judged.push(judge(item, additional.flavor, additional.signature));
        }
        let items = self.fields().all("directory-signature");
        for (item, signature) in items.zip(self.signatures()) {
            judged.push(judge(item, b"ns", signature?));
        }
        Ok(judged)
    }

    /// The digests that it names; that of ns first.
    fn digests(&self) -> Result<Vec<AdditionalDigest<'a>>, ParseError> {
        let ns = self.consensus_digest()?.map(|digest| AdditionalDigest {
            flavor: b"ns",
            algorithm: b"sha1",
            digest: digest.to_vec(),
        });
        let mut digests: Vec<_> = ns.into_iter().collect();
        for additional in self.additional_digests() {
            digests.push(additional?);
        }
        Ok(digests)
    }

    fn prove_times(&self, proof: &mut Proof, consensus: &Consensus<'_>) -> Option<()> {
        let own = Lifetime {
            valid_after: proof.read(self.valid_after())?,
            fresh_until: proof.read(self.fresh_until())?,
            valid_until: proof.read(self.valid_until())?,
        };
        let problem = Failure::Differs("when it holds", "when the consensus does");
        let span = self.fields().item("valid-after")?.span();
        proof.expect(consensus.lifetime() == Ok(own), problem, span)
    }

    /// That the digests which it names of the flavor are those of the consensus.
    fn prove_digests(&self, proof: &mut Proof, consensus: &Consensus<'_>) -> Option<()> {
        let digests = self.digests();
        let digests = proof.read(digests)?;
        let flavor: &[u8] = match consensus.flavor() {
            Flavor::Ns => b"ns",
            Flavor::Microdesc => b"microdesc",
        };
        let part = consensus.signed_part().map_or(&[][..], |part| part.0);
        let mut own = Digests::new(part);
        let named: Vec<_> = digests
            .iter()
            .filter(|named| named.flavor == flavor)
            .collect();
        let is_same =
            |named: &&AdditionalDigest<'_>| own.get(named.algorithm) == Some(&named.digest);
        let is_all = !named.is_empty() && named.iter().all(is_same);
        let problem = Failure::Differs("a digest", "that of the consensus");
        proof.expect(is_all, problem, self.document().span())
    }

    fn prove_signatures(&self, proof: &mut Proof, judged: &[Judged<'_>]) {
        let mut good = 0;
        for judged in judged {
            match judged.failure() {
                Some(Failure::UnknownAuthority(_)) => {}
                Some(problem) => {
                    proof.fail::<()>(problem, judged.span);
                }
                None => good += 1,
            }
            if let Standing::Good(until) = judged.standing {
                proof.until(until);
            }
        }
        let problem = Failure::FewSignatures { good, needed: 1 };
        proof.expect(good > 0, problem, self.document().span());
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXUPPER;

    use super::*;
    use crate::kinds::Vote;
    use crate::structure::Document;
    use crate::testing::recorded;
    use crate::verify::testing::{authorities, flip, good_signatures, named, said};

    fn consensus(bytes: &[u8]) -> Consensus<'_> {
        Consensus::read(Document::new(bytes))
    }

    #[test]
    fn detached_signatures_hold() {
        let authorities = authorities();
        let consensuses = [consensus(recorded("netdoc/consensus/next"))];
        let bytes = recorded("netdoc/detached-signatures/next");
        let read = DetachedSignatures::read(Document::new(bytes));
        assert_eq!(
            said(read.verify(&consensuses, &authorities), bytes),
            [""; 0]
        );
    }

    /// They are of no consensus; one of the two authorities has a certificate.
    #[test]
    fn written_detached_signatures_are_judged() {
        let vote = Vote::read(Document::new(recorded("netdoc/vote/tor-0.4.6")));
        let certificate = vote.key_certificate().unwrap().verify().unwrap();
        let mut one = Authorities::new([certificate.fingerprint().unwrap()]);
        one.add(&certificate);
        let bytes = recorded("netdoc/detached-signatures/two-flavors");
        let read = DetachedSignatures::read(Document::new(bytes));
        let judged = read.judge(&one).unwrap();
        let standings: Vec<_> = judged.iter().map(|one| one.standing).collect();
        let of_each = [Standing::Bad, Standing::UnknownAuthority];
        assert_eq!(standings, of_each.repeat(2));
        let own = consensus(recorded("netdoc/consensus/method-12"));
        assert_eq!(
            said(read.verify(&[own], &one), bytes),
            [
                "1:1 expected a digest to be that of the consensus",
                "1:1 expected signatures of 1 authorities, got 0",
                "7:1 expected a signature of these bytes by the key that it names",
                "19:1 expected a signature of these bytes by the key that it names",
            ]
        );
    }

    #[test]
    fn flipped_detached_signatures_do_not() {
        let authorities = authorities();
        let consensuses = [consensus(recorded("netdoc/consensus/next"))];
        let bytes = recorded("netdoc/detached-signatures/next");
        fn read(bytes: &[u8]) -> DetachedSignatures<'_> {
            DetachedSignatures::read(Document::new(bytes))
        }
        let good = |bytes: &[u8]| good_signatures(read(bytes).judge(&authorities));
        let all = good(bytes);
        assert!(all > 1);
        let hex = |bytes: &[u8]| HEXUPPER.encode(bytes);
        let whole = read(bytes);
        let additional = whole.additional_signatures();
        let signatures = additional.map(|one| one.map(|one| one.signature));
        let named = signatures.chain(whole.signatures()).map(named);
        let additional = whole.additional_digests();
        let digests = additional.map(|one| hex(&one.unwrap().digest));
        let ns = read(bytes)
            .consensus_digest()
            .unwrap()
            .map(|digest| hex(&digest));
        let hexadecimal: Vec<_> = named.chain(digests).chain(ns).collect();
        flip(bytes, &hexadecimal, |bytes| {
            good(bytes) < all || read(bytes).verify(&consensuses, &authorities).is_err()
        });
    }
}
