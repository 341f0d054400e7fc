//! What an extra-info document proves (section 2.1.2).

use alloc::vec::Vec;

use tor_harness_types::Fingerprint;

use super::failure::{Failure, Unproved};
use super::proof::Proof;
use super::relay::Signed;
use super::verified::Verified;
use crate::kinds::{ExtraInfo, ServerDescriptor};
use crate::structure::{Item, sha1};

const OF_DESCRIPTOR: &str = "that of the server descriptor";

impl ExtraInfo<'_> {
    /// Verifies both signatures, and that it is the one that the relay's server descriptor
    /// names: the relay, its certificate, the time, both digests.
    ///
    /// It has no RSA key in it: without the server descriptor nothing is proved.
    ///
    /// # Errors
    /// All that does not hold.
    pub fn verify(
        self,
        descriptor: &Verified<ServerDescriptor<'_>>,
    ) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        if let Some(signed) = Signed::find(&mut proof, self.fields(), "extra-info") {
            self.prove_relay(&mut proof, &signed, descriptor);
            self.prove_certificate(&mut proof, &signed, descriptor);
            self.prove_digests(&mut proof, &signed, descriptor);
        }
        proof.finish(self)
    }

    fn prove_relay(
        &self,
        proof: &mut Proof,
        signed: &Signed<'_, '_>,
        descriptor: &ServerDescriptor<'_>,
    ) -> Option<()> {
        let key = descriptor.fields().object("signing-key").ok()?;
        signed.rsa(proof, &key);
        let (_, fingerprint) = proof.read(self.relay())?;
        let is_same = fingerprint == Fingerprint::new(sha1(&key));
        let problem = Failure::Differs("the fingerprint", OF_DESCRIPTOR);
        proof.expect(is_same, problem, signed.first.span());
        let published = proof.read(self.published())?;
        let item = self.fields().item("published")?;
        let is_same = descriptor.published() == Ok(published);
        let problem = Failure::Differs("the time of publication", OF_DESCRIPTOR);
        proof.expect(is_same, problem, item.span())
    }

    fn prove_certificate(
        &self,
        proof: &mut Proof,
        signed: &Signed<'_, '_>,
        descriptor: &ServerDescriptor<'_>,
    ) {
        let of = |item: Option<Item<'_>>| item?.object()?.decode();
        let certificate = self.fields().item("identity-ed25519");
        let known = of(descriptor.fields().item("identity-ed25519"));
        signed.ed25519(proof, known.as_deref());
        let is_same = of(certificate) == known;
        let place = certificate.unwrap_or(signed.first);
        let problem = Failure::Differs("the certificate of the signing key", OF_DESCRIPTOR);
        proof.expect(is_same, problem, place.span());
    }

    /// tor before 0.2.7.2 names no SHA-256.
    fn prove_digests(
        &self,
        proof: &mut Proof,
        signed: &Signed<'_, '_>,
        descriptor: &ServerDescriptor<'_>,
    ) {
        let named = descriptor.extra_info_digest().ok().flatten();
        let sha1 = named.map(|(sha1, _)| sha1);
        let span = signed.first.span();
        let problem = Failure::Differs("the SHA-1", OF_DESCRIPTOR);
        proof.expect(sha1.is_some() && self.digest() == sha1, problem, span);
        if let Some((_, Some(sha256))) = named {
            let problem = Failure::Differs("the SHA-256", OF_DESCRIPTOR);
            proof.expect(self.digest_sha256() == Some(sha256), problem, span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Ed25519Certificate;
    use crate::structure::Document;
    use crate::testing::recorded;
    use crate::verify::testing::{flip, said};

    /// The server descriptor of the relay, verified.
    fn relay(name: &str) -> Verified<ServerDescriptor<'static>> {
        let bytes = recorded(&alloc::format!("netdoc/server-descriptor/{name}"));
        ServerDescriptor::read(Document::new(bytes))
            .verify()
            .unwrap()
    }

    #[test]
    fn extra_info_documents_hold() {
        for name in ["authority", "bridge", "exit", "lone-relay", "relay"] {
            let bytes = recorded(&alloc::format!("netdoc/extra-info/{name}"));
            let read = ExtraInfo::read(Document::new(bytes));
            assert_eq!(said(read.verify(&relay(name)), bytes), [""; 0], "{name}");
            let certificate = read.fields().object("identity-ed25519").unwrap();
            let until = Ed25519Certificate::parse(&certificate).unwrap().expires;
            let verified = read.verify(&relay(name)).unwrap();
            assert_eq!(verified.proved_until(), Some(until), "{name}");
        }
        let bytes = recorded("netdoc/extra-info/relay");
        let read = ExtraInfo::read(Document::new(bytes));
        assert_eq!(
            said(read.verify(&relay("lone-relay")), bytes),
            [
                "1:1 expected the fingerprint to be that of the server descriptor",
                "1:1 expected the SHA-1 to be that of the server descriptor",
                "1:1 expected the SHA-256 to be that of the server descriptor",
                "2:1 expected the certificate of the signing key to be that of the server descriptor",
                "8:1 expected the time of publication to be that of the server descriptor",
                "12:1 expected a signature of these bytes by the RSA identity key",
            ]
        );
    }

    /// Before tor 0.2.7 relays had no ed25519 keys, and named no SHA-256.
    #[cfg(feature = "sign")]
    #[test]
    fn extra_info_documents_of_old_relays_hold() {
        use alloc::format;
        use alloc::sync::Arc;

        use crate::build::{Builder, RsaSecretKey, Seal, testing};
        use crate::kinds::Kind;
        use crate::structure::OwnedItem;

        let [p, q] = testing::primes();
        let key = Arc::new(RsaSecretKey::from_primes(&p, &q).unwrap());
        let item = |keyword: &str, text: &str| OwnedItem::new(keyword).text(text);
        let published = item("published", "2008-09-30 17:20:44");
        let sealed = |document: Builder| {
            let signature = OwnedItem::new("router-signature");
            document.push_sealed(signature, Seal::Rsa(key.clone()))
        };
        let named = format!("old {}", key.fingerprint());
        let extra_info = Builder::new(Kind::ExtraInfo)
            .push(item("extra-info", &named))
            .push(published.clone());
        let extra_info = sealed(extra_info);
        let bytes = extra_info.encode();
        let read = ExtraInfo::read(Document::new(&bytes));
        let digest = data_encoding::HEXUPPER.encode(&read.digest().unwrap());
        let descriptor = Builder::new(Kind::ServerDescriptor)
            .push(item("router", "old 192.0.2.1 9001 0 0"))
            .push(published)
            .push(item("extra-info-digest", &digest))
            .push(OwnedItem::new("signing-key").object_of("RSA PUBLIC KEY", key.public_der()));
        let descriptor = sealed(descriptor).encode();
        let own = ServerDescriptor::read(Document::new(&descriptor))
            .verify()
            .unwrap();
        assert_eq!(said(read.verify(&own), &bytes), [""; 0]);

        let changed = extra_info.set("published", "2008-09-30 17:20:45").encode();
        let read = ExtraInfo::read(Document::new(&changed));
        let of_own = "to be that of the server descriptor";
        assert_eq!(
            said(read.verify(&own), &changed),
            [
                format!("1:1 expected the SHA-1 {of_own}"),
                format!("2:1 expected the time of publication {of_own}"),
            ]
        );
        flip(&bytes, &[], |bytes| {
            ExtraInfo::read(Document::new(bytes)).verify(&own).is_err()
        });
    }

    #[test]
    fn flipped_extra_info_documents_do_not() {
        let relay = relay("relay");
        flip(recorded("netdoc/extra-info/relay"), &[], |bytes| {
            ExtraInfo::read(Document::new(bytes))
                .verify(&relay)
                .is_err()
        });
    }
}
