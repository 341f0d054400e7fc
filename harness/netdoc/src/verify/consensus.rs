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

/// How many bytes tor takes for a signature.
const LENGTHS: core::ops::RangeInclusive<usize> = 128..=512;

impl<'a> Consensus<'a> {
    /// Verifies that more than half of the authorities signed it, each by one signature that
    /// holds, whatever others are worth: [`Consensus::judge`] says that. Each has to be a
    /// signature of an authority that took part.
    ///
    /// # Errors
    /// If one is none, or too few signed: what their signatures lack, too.
    pub fn verify(self, authorities: &Authorities) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        proof.status(self.document(), self.footer().document(), "consensus");
        match self.judge(authorities) {
            Ok(judged) => {
                self.prove_forms(&mut proof, &judged);
                count(&mut proof, authorities, &judged, self.document());
            }
            Err(error) => {
                proof.read::<()>(Err(error));
            }
        }
        proof.finish(self)
    }

    /// What tor wants of each signature whose hash it knows, needed or not.
    fn prove_forms(&self, proof: &mut Proof, judged: &[Judged<'_>]) {
        let sources = self.authorities().filter_map(|one| one.source().ok());
        let declared: Vec<_> = sources.map(|source| source.identity).collect();
        for Judged {
            signature, span, ..
        } in judged
        {
            if !Digests::knows(signature.algorithm) {
                continue;
            }
            let identity = signature.identity;
            let problem = Failure::Undeclared(identity);
            proof.expect(declared.contains(&identity), problem, *span);
            let is_whole = signature
                .decode()
                .is_some_and(|bytes| LENGTHS.contains(&bytes.len()));
            proof.expect(is_whole, Failure::SignatureForm, *span);
        }
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

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned as _;
    use alloc::format;

    use super::*;
    use crate::kinds::{Kind, Vote};
    use crate::testing::recorded;
    use crate::verify::testing::{authorities, flip, good, good_signatures, named, said};

    fn consensus(bytes: &[u8]) -> Consensus<'_> {
        Consensus::read(Document::new(bytes))
    }

    const CONSENSUSES: [&str; 5] = [
        "netdoc/consensus/first",
        "netdoc/consensus/current",
        "netdoc/consensus/next",
        "netdoc/consensus-microdesc/first",
        "netdoc/consensus-microdesc/current",
    ];

    #[test]
    fn consensuses_hold() {
        let authorities = authorities();
        for path in CONSENSUSES {
            let bytes = recorded(path);
            let verified = consensus(bytes).verify(&authorities);
            assert_eq!(said(verified, bytes), [""; 0], "{path}");
        }
    }

    /// Who signed, until when the certificate holds, and how many of three have to.
    #[test]
    fn the_majority_counts() {
        let identity = |number| Fingerprint::new([number; 20]);
        let time = |seconds| UtcSeconds::from_unix(seconds).unwrap();
        let bad = Standing::Bad;
        let good = |seconds| Standing::Good(time(seconds));
        let three = Authorities::new([1, 2, 3].map(identity));
        type Case<'a> = (&'a [(u8, Standing)], Option<i64>);
        #[rustfmt::skip]
        let cases: &[Case<'_>] = &[
            (&[], None),
            (&[(1, good(10))], None),
            (&[(1, good(10)), (1, good(20))], None),
            (&[(1, good(10)), (2, bad), (3, Standing::NoCertificate)], None),
            (&[(1, good(10)), (2, good(20))], Some(10)),
            (&[(2, good(20)), (1, good(5)), (1, good(10))], Some(10)),
            // Without the one that is over first there are enough.
            (&[(1, good(10)), (2, good(20)), (3, good(30))], Some(20)),
            (&[(1, good(10)), (2, bad), (3, good(30)), (4, Standing::UnknownAuthority)], Some(10)),
        ];
        for (signatures, expected) in cases {
            let judged = signatures.iter().map(|(number, standing)| Judged {
                signature: DirectorySignature {
                    algorithm: b"sha1",
                    identity: identity(*number),
                    signing_key_digest: identity(9),
                    signature: None,
                },
                standing: *standing,
                span: (0..0).into(),
            });
            let mut proof = Proof::default();
            count(
                &mut proof,
                &three,
                &judged.collect::<Vec<_>>(),
                Document::new(b""),
            );
            let until = proof
                .finish(())
                .ok()
                .map(|verified| verified.proved_until());
            assert_eq!(
                until,
                expected.map(|seconds| Some(time(seconds))),
                "{signatures:?}"
            );
        }
    }

    /// Of the authorities that signed those that are written only one has a certificate.
    #[test]
    fn written_consensuses_have_a_signature() {
        let vote = recorded("netdoc/vote/tor-0.4.6");
        let certificate = Vote::read(Document::new(vote)).key_certificate().unwrap();
        let certificate = certificate.verify().unwrap();
        let identity = certificate.fingerprint().unwrap();
        let mut one = Authorities::new([identity]);
        one.add(&certificate);
        let mut two = Authorities::new([identity, Fingerprint::new([0; 20])]);
        two.add(&certificate);
        let written = good(Kind::Consensus).chain(good(Kind::ConsensusMicrodesc));
        for (path, bytes) in written.filter(|(path, _)| path.contains("/method-")) {
            assert_eq!(
                said(consensus(bytes).verify(&one), bytes),
                [""; 0],
                "{path}"
            );
            let failures = said(consensus(bytes).verify(&two), bytes);
            let [stranger @ .., few] = &failures[..] else {
                panic!("{path} needs two signatures");
            };
            assert!(
                stranger[0].contains("expected an authority that is trusted"),
                "{failures:?}"
            );
            assert!(
                few.ends_with("expected signatures of 2 authorities, got 1"),
                "{failures:?}"
            );
            let nobody = consensus(bytes)
                .judge(&Authorities::new([identity]))
                .unwrap();
            assert_eq!(nobody[0].standing, Standing::NoCertificate, "{path}");
        }
    }

    #[test]
    fn flipped_consensuses_do_not() {
        let authorities = authorities();
        for path in [CONSENSUSES[1], CONSENSUSES[4]] {
            let bytes = recorded(path);
            let good = |bytes: &[u8]| good_signatures(consensus(bytes).judge(&authorities));
            let all = good(bytes);
            assert!(all >= authorities.needed());
            let named: Vec<_> = consensus(bytes).signatures().map(named).collect();
            // Two of three are enough: a signature that does not hold any more is seen by itself.
            flip(bytes, &named, |bytes| {
                good(bytes) < all || consensus(bytes).verify(&authorities).is_err()
            });
        }
    }

    #[test]
    fn signatures_that_are_not_needed_are_signatures() {
        let authorities = authorities();
        let bytes = recorded(CONSENSUSES[1]);
        let last = Document::new(bytes).items().last().unwrap();
        let (two, third) = bytes.split_at(last.span().start);
        let third = core::str::from_utf8(third).unwrap();
        let begin = third.find('\n').unwrap() + 1;
        let (line, object) = third.split_at(begin);
        let identity = line.split(' ').nth(1).unwrap();
        const FORM: &str = "expected 128 to 512 bytes in base64, as a SIGNATURE that ends";
        let object_of = |digits: usize| {
            let digits = "A".repeat(digits);
            format!("{line}-----BEGIN SIGNATURE-----\n{digits}\n-----END SIGNATURE-----\n")
        };
        let undeclared = third.replace(identity, &"0".repeat(40));
        for (third, expected) in [
            (third.to_owned(), None),
            (object_of(172), None),
            (object_of(680), None),
            (object_of(168), Some(FORM)),
            (object_of(688), Some(FORM)),
            (line.to_owned(), Some(FORM)),
            (third.replace("SIGNATURE-", "MESSAGE-"), Some(FORM)),
            (
                [line, &object.replace("-----END", "---END")].concat(),
                Some(FORM),
            ),
            (
                undeclared,
                Some("expected an authority of a dir-source, got 0"),
            ),
            // tor passes by what it does not know.
            (object_of(4).replacen(" ", " sha3 ", 1), None),
        ] {
            let bytes = [two, third.as_bytes()].concat();
            let failures = said(consensus(&bytes).verify(&authorities), &bytes);
            assert_eq!(
                failures.is_empty(),
                expected.is_none(),
                "{third}: {failures:?}"
            );
            let expected = expected.unwrap_or_default();
            assert!(
                failures.first().is_none_or(|one| one.contains(expected)),
                "{failures:?}"
            );
        }
    }

    #[test]
    fn nothing_may_be_beside_what_is_signed() {
        let authorities = authorities();
        let bytes = recorded(CONSENSUSES[0]);
        let router = "r a AAAAAAAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAAAAAA 2026-01-01 00:00:00 192.0.2.1 1 0\n";
        for (before, behind) in [("params a=1\n", ""), ("", "params a=1\n"), ("", router)] {
            let bytes = [before.as_bytes(), bytes, behind.as_bytes()].concat();
            assert!(
                consensus(&bytes).verify(&authorities).is_err(),
                "{before}{behind}"
            );
        }
        let vote = recorded("netdoc/vote/authority-0");
        let failures = said(consensus(vote).verify(&authorities), vote);
        assert_eq!(
            failures[0],
            "2:1 expected the vote-status to be that of such a document"
        );
    }
}
