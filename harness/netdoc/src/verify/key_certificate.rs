//! What the key certificate of an authority proves (section 3.1).

use alloc::vec::Vec;

use tor_harness_types::Fingerprint;

use super::failure::{Failure, Unproved};
use super::proof::Proof;
use super::verified::Verified;
use crate::forms::RsaPublicKey;
use crate::kinds::KeyCertificate;
use crate::structure::{Item, sha1};

const FIRST: &str = "dir-key-certificate-version";
const LAST: &str = "dir-key-certification";

impl KeyCertificate<'_> {
    /// Verifies that the identity key is that of the fingerprint and certifies the signing
    /// key, and that the signing key certifies the identity key.
    ///
    /// Whether anybody trusts the identity is for [`Authorities`](super::Authorities) to say.
    /// The certificates of 2008 have no signature by the signing key; without it they hold.
    ///
    /// # Errors
    /// All that does not hold.
    pub fn verify(self) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        self.prove(&mut proof);
        proof.finish(self)
    }

    /// The fingerprint of the identity key.
    pub(super) fn prove(&self, proof: &mut Proof) -> Option<Fingerprint> {
        let [_, last] = proof.ends(self.fields(), [FIRST, LAST])?;
        let end = self.document().span().end;
        let need =
            |proof: &mut Proof, keyword| proof.need(self.fields().item(keyword), keyword, end);
        let identity = need(proof, "dir-identity-key");
        let identity = identity.and_then(|item| proof.authority_key(&item));
        let signing = need(proof, "dir-signing-key");
        let signing = signing.and_then(|item| proof.authority_key(&item));
        let fingerprint = need(proof, "fingerprint");
        let expires = proof.read(self.expires());
        expires.iter().for_each(|time| proof.until(*time));

        let own = Fingerprint::new(sha1(identity.as_deref()?));
        if let Some(item) = fingerprint
            && let Some(named) = proof.read(self.fingerprint())
        {
            let problem = Failure::Differs("the fingerprint", "that of the dir-identity-key");
            proof.expect(named == own, problem, item.span());
        }
        let part = self.signed_part().unwrap_or_default();
        let by = (identity.as_deref(), "the dir-identity-key");
        proof.rsa(&last, &["SIGNATURE"], by, &sha1(part));
        if let Some(item) = self.fields().item("dir-key-crosscert") {
            let by = (
                signing.as_deref(),
                "the dir-signing-key, over the fingerprint",
            );
            proof.rsa(&item, &["ID SIGNATURE", "SIGNATURE"], by, own.as_bytes());
        }
        Some(own)
    }
}

impl Proof {
    /// The RSA key of an authority, as DER.
    fn authority_key(&mut self, item: &Item<'_>) -> Option<Vec<u8>> {
        let der = self.object(item, &["RSA PUBLIC KEY"])?;
        let is_key = RsaPublicKey::parse(&der).is_some_and(|key| key.bits() >= 1024);
        let problem = Failure::NoKey("an RSA key of 1024 bits or more");
        self.expect(is_key, problem, item.span())?;
        Some(der)
    }

    /// An RSA signature of these bytes by a key, which is DER; nothing where there is no key.
    pub(super) fn rsa(
        &mut self,
        item: &Item<'_>,
        labels: &[&str],
        (key, signer): (Option<&[u8]>, &'static str),
        signed: &[u8],
    ) -> Option<()> {
        let signature = self.object(item, labels)?;
        let holds = RsaPublicKey::parse(key?)?.has_signed(signed, &signature);
        self.expect(holds, Failure::Signature(signer), item.span())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Kind;
    use crate::structure::Document;
    use crate::testing::recorded;
    use crate::verify::testing::{flip, good, replaced, said};

    #[test]
    fn key_certificates_hold() {
        let all: Vec<_> = good(Kind::KeyCertificate).collect();
        assert!(all.len() > 4);
        for (path, bytes) in all {
            let read = KeyCertificate::read(Document::new(bytes));
            assert_eq!(said(read.verify(), bytes), [""; 0], "{path}");
        }
    }

    #[test]
    fn flipped_key_certificates_do_not() {
        flip(
            recorded("netdoc/key-certificate/authority-0"),
            &[],
            |bytes| KeyCertificate::read(Document::new(bytes)).verify().is_err(),
        );
    }

    #[test]
    fn nothing_may_be_beside_what_is_signed() {
        let bytes = recorded("netdoc/key-certificate/authority-0");
        let more = [bytes, b"dir-address 192.0.2.1:80\n"].concat();
        let less = replaced(bytes, "", "dir-address 192.0.2.1:80\n");
        for (bytes, keyword) in [(more, LAST), (less, FIRST)] {
            let read = KeyCertificate::read(Document::new(&bytes));
            let failures = read.verify().unwrap_err();
            assert_eq!(failures.len(), 1);
            assert_eq!(failures[0].problem, Failure::Unsigned(keyword));
        }
    }

    #[test]
    fn the_signature_may_stand_first() {
        let bytes = b"dir-key-certification\n-----BEGIN SIGNATURE-----\nAAAA\n\
                      -----END SIGNATURE-----\ndir-key-certificate-version 3\n";
        let read = KeyCertificate::read(Document::new(bytes));
        assert_eq!(read.signed_part(), None);
        let failures = read.verify().unwrap_err();
        assert_eq!(failures[0].problem, Failure::Unsigned(LAST));
    }
}
