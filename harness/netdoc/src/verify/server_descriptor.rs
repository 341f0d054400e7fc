//! What a server descriptor proves (section 2.1.1).

use alloc::vec::Vec;

use tor_harness_types::Fingerprint;

use super::certificate::Wanted;
use super::ed25519::Ed25519Key;
use super::failure::{Failure, Unproved};
use super::proof::Proof;
use super::relay::Signed;
use super::verified::Verified;
use crate::forms::{RsaPublicKey, hex};
use crate::kinds::ServerDescriptor;
use crate::rules::Values;

/// What only a relay with ed25519 has.
const CROSSCERTS: [&str; 3] = [
    "router-sig-ed25519",
    "ntor-onion-key-crosscert",
    "onion-key-crosscert",
];

impl ServerDescriptor<'_> {
    /// Verifies both signatures, the fingerprint, the certificate of the signing key, and that
    /// the onion keys and families are the relay's own.
    ///
    /// A relay before tor 0.2.7 has no ed25519 keys, and nothing of theirs is asked of it.
    ///
    /// # Errors
    /// All that does not hold.
    pub fn verify(self) -> Result<Verified<Self>, Vec<Unproved>> {
        self.prove().finish(self)
    }

    /// The same of several, faster than one by one.
    ///
    /// The answers are in the order of the documents.
    #[must_use]
    pub fn verify_all(
        documents: impl IntoIterator<Item = Self>,
    ) -> Vec<Result<Verified<Self>, Vec<Unproved>>> {
        let proofs = documents.into_iter().map(|one| (one, one.prove()));
        Proof::finish_all(proofs.collect())
    }

    fn prove(&self) -> Proof {
        let mut proof = Proof::default();
        if let Some(signed) = Signed::find(&mut proof, self.fields(), "router") {
            let identity = self.prove_identity(&mut proof, &signed);
            self.prove_ed25519(&mut proof, &signed, identity);
        }
        proof
    }

    /// The RSA identity key, which signs.
    fn prove_identity(&self, proof: &mut Proof, signed: &Signed<'_, '_>) -> Option<Fingerprint> {
        let item = self.fields().item("signing-key");
        let item = proof.need(item, "signing-key", signed.end())?;
        let (key, fingerprint) = proof.rsa_key(&item)?;
        signed.rsa(proof, &key);
        if let Some(item) = self.fields().item("fingerprint") {
            // As tor reads it, wherever the blanks are.
            let digits = item.arguments().collect::<Vec<_>>().concat();
            let named = match hex(&digits) {
                Some(digits) => Some(Fingerprint::new(digits)),
                None => proof.read(self.fingerprint())?,
            };
            let is_own = named == Some(fingerprint);
            let problem = Failure::Differs("the fingerprint", "that of the signing-key");
            proof.expect(is_own, problem, item.span());
        }
        Some(fingerprint)
    }

    /// All that has to do with the ed25519 keys.
    fn prove_ed25519(
        &self,
        proof: &mut Proof,
        signed: &Signed<'_, '_>,
        identity: Option<Fingerprint>,
    ) {
        let fields = self.fields();
        if fields.item("identity-ed25519").is_none() {
            let mut rest = CROSSCERTS.iter().chain(&["master-key-ed25519"]);
            if rest.any(|keyword| fields.item(keyword).is_some()) {
                proof.need::<()>(None, "identity-ed25519", signed.end());
            }
            return;
        }
        let Some(master) = signed.ed25519(proof, None) else {
            return;
        };
        if let Some(item) = fields.item("master-key-ed25519")
            && let Some(key) = proof.read(self.master_key_ed25519())
        {
            let problem = Failure::Differs("the master key", "that of the certificate");
            proof.expect(key == Some(master), problem, item.span());
        }
        if let Some(identity) = identity {
            self.prove_onion_key(proof, signed, identity, &master);
        }
        self.prove_ntor_onion_key(proof, signed, &master);
        self.prove_families(proof, &master);
    }

    /// That who has the TAP key has both identity keys (section 2.1.1, `onion-key-crosscert`).
    fn prove_onion_key(
        &self,
        proof: &mut Proof,
        signed: &Signed<'_, '_>,
        identity: Fingerprint,
        master: &[u8; 32],
    ) -> Option<()> {
        const KEYWORD: &str = "onion-key-crosscert";
        let key = self.fields().item("onion-key");
        let crosscert = self.fields().item(KEYWORD);
        // Relays need not have it any more.
        if key.is_none() && crosscert.is_none() {
            return None;
        }
        let key = proof.need(key, "onion-key", signed.end())?;
        let (der, _) = proof.rsa_key(&key)?;
        let is_tors = RsaPublicKey::parse(&der).is_some_and(|key| key.exponent == [1, 0, 1]);
        proof.expect(is_tors, Failure::Exponent, key.span());
        let crosscert = proof.need(crosscert, KEYWORD, signed.end())?;
        let certified = [identity.as_bytes(), &master[..]].concat();
        let by = (Some(&der[..]), "the onion-key, over both identity keys");
        proof.rsa(&crosscert, &["CROSSCERT"], by, &certified)
    }

    /// That who has the ntor key has the ed25519 identity key (`ntor-onion-key-crosscert`).
    fn prove_ntor_onion_key(
        &self,
        proof: &mut Proof,
        signed: &Signed<'_, '_>,
        master: &[u8; 32],
    ) -> Option<()> {
        const KEYWORD: &str = "ntor-onion-key-crosscert";
        let fields = self.fields();
        let item = proof.need(fields.item(KEYWORD), KEYWORD, signed.end())?;
        let sign: bool = proof.read(fields.required(KEYWORD, Values::one))?;
        let key = proof.read(self.ntor_onion_key())?;
        let key = proof.need(key, "ntor-onion-key", signed.end())?;
        let bytes = proof.object(&item, &["ED25519 CERT"])?;
        let Some(key) = Ed25519Key::of_x25519(key, sign) else {
            return proof.fail(
                Failure::NoKey("an ntor-onion-key on the curve"),
                item.span(),
            );
        };
        let wanted = Wanted {
            cert_type: 10,
            by: Some(&key),
            signer: "the ntor-onion-key",
        };
        let read = proof.certificate(&bytes, &wanted, item.span())?;
        let problem = Failure::Differs("the certified key", "the ed25519 identity key");
        proof.expect(read.key == *master, problem, item.span())
    }

    /// That the families have the relay (`family-cert`).
    fn prove_families(&self, proof: &mut Proof, master: &[u8; 32]) {
        for item in self.fields().all("family-cert") {
            let Some(bytes) = proof.object(&item, &["FAMILY CERT"]) else {
                continue;
            };
            let wanted = Wanted {
                cert_type: 12,
                by: None,
                signer: "the family key that it names",
            };
            if let Some(read) = proof.certificate(&bytes, &wanted, item.span()) {
                let problem = Failure::Differs("the certified key", "the ed25519 identity key");
                proof.expect(read.key == *master, problem, item.span());
            }
        }
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
    fn server_descriptors_hold() {
        let read = |bytes| ServerDescriptor::read(Document::new(bytes));
        let all: Vec<_> = good(Kind::ServerDescriptor).collect();
        assert!(all.len() > 10);
        for (path, bytes) in &all {
            assert_eq!(said(read(bytes).verify(), bytes), [""; 0], "{path}");
        }
        let together = ServerDescriptor::verify_all(all.iter().map(|(_, bytes)| read(bytes)));
        assert!(together.iter().all(Result::is_ok));
    }

    #[test]
    fn flipped_server_descriptors_do_not() {
        let bytes = recorded("netdoc/server-descriptor/relay");
        flip(bytes, &[], |bytes| {
            ServerDescriptor::read(Document::new(bytes))
                .verify()
                .is_err()
        });
    }

    #[cfg(feature = "sign")]
    #[test]
    fn families_have_the_relay() {
        use crate::build::{Ed25519CertificateDraft, Ed25519SecretKey};
        use crate::structure::OwnedItem;

        let path = "netdoc/server-descriptor/tor-0.4.9-no-tap";
        let bytes = recorded(path);
        let read = ServerDescriptor::read(Document::new(bytes));
        let relay = read.master_key_ed25519().unwrap().unwrap();
        assert!(read.fields().item("family-cert").is_some());
        assert_eq!(said(read.verify(), bytes), [""; 0]);

        let family = Ed25519SecretKey::from_seed([5; 32]);
        let another = Ed25519SecretKey::from_seed([6; 32]);
        let draft = |cert_type, key| {
            let expires = tor_harness_types::UtcSeconds::from_unix(3_000_000_000).unwrap();
            Ed25519CertificateDraft::new(cert_type, key, expires)
        };
        let named = |cert_type, key| draft(cert_type, key).naming(&family);
        #[rustfmt::skip]
        let cases = [
            (named(12, relay).sign(&family), None),
            (named(12, [7; 32]).sign(&family), Some("expected the certified key to be the ed25519 identity key")),
            (named(4, relay).sign(&family), Some("expected an ed25519 certificate of type 12")),
            (named(12, relay).sign(&another), Some("expected a signature of these bytes by the family key that it names")),
            (draft(12, relay).sign(&family), Some("expected a certificate with the key that signed it")),
        ];
        for (certificate, expected) in cases {
            let items = Document::new(bytes)
                .items()
                .map(|item| match item.keyword_bytes() {
                    b"family-cert" => {
                        OwnedItem::new("family-cert").object_of("FAMILY CERT", &certificate)
                    }
                    _ => item.into(),
                });
            let bytes = crate::structure::encode(&items.collect::<Vec<_>>());
            let failures = said(
                ServerDescriptor::read(Document::new(&bytes)).verify(),
                &bytes,
            );
            // Both signatures of the relay are of another text.
            let (of_family, _) = failures.split_last_chunk::<2>().unwrap();
            let of_family: Vec<_> = of_family
                .iter()
                .map(|it| it.split_once(' ').unwrap().1)
                .collect();
            assert_eq!(of_family, Vec::from_iter(expected));
        }
    }

    #[test]
    fn nothing_may_be_beside_what_is_signed() {
        const END: &str = "-----END SIGNATURE-----\n";
        let bytes = recorded("netdoc/server-descriptor/lone-relay");
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[&str])] = &[
            ("", "@annotation\n", &[]),
            ("", "contact nobody\n", &["2:1 expected nothing beyond \"router\", where nothing is signed"]),
            ("", "opt ", &["1:1 expected nothing beyond \"router\", where nothing is signed",
                "46:1 expected a signature of these bytes by the ed25519 signing key",
                "47:1 expected a signature of these bytes by the RSA identity key"]),
            (END, "-----END SIGNATURE-----\n\n", &[]),
            (END, "-----END SIGNATURE-----\ncontact nobody\n", &["47:1 expected nothing beyond \"router-signature\", where nothing is signed"]),
            ("\nrouter-sig-ed25519", "\nx\nrouter-signature\nrouter-sig-ed25519", &["47:1 expected nothing beyond \"router-signature\", where nothing is signed",
                "47:1 expected lines of base64, then -----END with the label of -----BEGIN",
                "48:1 expected nothing beyond \"router-sig-ed25519\", where nothing is signed",
                "48:1 expected a signature of these bytes by the ed25519 signing key"]),
            // Signed otherwise, but it is the same fingerprint, or another.
            ("2171 A44D 9B34 A730 EE66 771D 831E 29B1 382C 014C", "2171A44D9B34A730EE66771D831E29B1382C014C", &[
                "46:1 expected a signature of these bytes by the ed25519 signing key", "47:1 expected a signature of these bytes by the RSA identity key"]),
            ("2171 A44D 9B34 A730 EE66 771D 831E 29B1 382C 014C", "2171A44D9B34A730EE66771D831E29B1382C014D", &[
                "12:1 expected the fingerprint to be that of the signing-key",
                "46:1 expected a signature of these bytes by the ed25519 signing key", "47:1 expected a signature of these bytes by the RSA identity key"]),
            ("\nidentity-ed25519", "\nx", &["47:1 expected a signature of these bytes by the RSA identity key",
                "54:1 expected an item \"identity-ed25519\", and there is none"]),
        ];
        for (from, to, expected) in cases {
            let bytes = replaced(bytes, from, to);
            let read = ServerDescriptor::read(Document::new(&bytes));
            assert_eq!(said(read.verify(), &bytes), *expected, "{from:?} -> {to:?}");
        }
    }
}
