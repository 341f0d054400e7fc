//! What the descriptor of an onion service proves (rend-spec-v3 sections 2.4 and 2.5).

use alloc::vec::Vec;

use sha2::{Digest, Sha256};
use tor_harness_types::{Span, UtcSeconds};

use super::certificate::Wanted;
use super::ed25519::{Ed25519Check, Ed25519Key};
use super::failure::{Failure, Unproved};
use super::proof::Proof;
use super::verified::Verified;
use crate::forms::Ed25519Certificate;
use crate::forms::RsaPublicKey;
use crate::kinds::{IntroductionPoint, OnionDescriptor, OnionDescriptorInner};
use crate::rules::Content;
use crate::structure::{Item, cut_line};

const FIRST: &str = "hs-descriptor";
const LAST: &str = "signature";
const CERTIFICATE: &str = "descriptor-signing-key-cert";
/// What the signing key signs is this and the document.
const PREFIX: &[u8] = b"Tor onion service descriptor sig v3";
/// What an RSA key signs is the hash of this and the certificate (cert-spec section 2.3).
const CROSSCERT_PREFIX: &[u8] = b"Tor TLS RSA/Ed25519 cross-certificate";
const SIGNER: &str = "the descriptor signing key";

impl OnionDescriptor<'_> {
    /// Verifies that the blinded key certifies the signing key, and that this signed it.
    ///
    /// Whose blinded key it is shows by opening the layers, which works only with the
    /// service's address ([`OnionDescriptorKeys`](crate::OnionDescriptorKeys)), or by
    /// [`TimePeriod::blinded_key`](crate::TimePeriod::blinded_key).
    ///
    /// # Errors
    /// All that does not hold.
    pub fn verify(self) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        self.prove(&mut proof);
        proof.finish(self)
    }

    fn prove(&self, proof: &mut Proof) -> Option<()> {
        let fields = self.fields();
        let document = fields.document();
        let end = document.span().end;
        let [first, last] = proof.ends(fields, [FIRST, LAST])?;
        let signature = proof.read(self.signature())?;
        // The rest of the line is not signed, nor are more lines.
        let (line, rest) = cut_line(last.as_bytes());
        let words = line.split(|byte| *byte == b' ').count();
        proof.expect(
            words == 2 && rest.is_empty(),
            Failure::Unsigned(LAST),
            last.span(),
        );

        let item = proof.need(fields.item(CERTIFICATE), CERTIFICATE, end)?;
        let bytes = proof.object(&item, &["ED25519 CERT"])?;
        let wanted = Wanted {
            cert_type: 8,
            by: None,
            signer: "the blinded key that it names",
        };
        let certificate = proof.certificate(&bytes, &wanted, item.span())?;
        let key = proof.key(certificate.key, SIGNER, item.span())?;
        let part = document
            .source()
            .get(first.span().start..last.span().start)?;
        let check = Ed25519Check::by(&key, &[PREFIX, part].concat(), &signature);
        proof.ed25519(check, SIGNER, last.span());
        Some(())
    }

    /// The key that signs, which the blinded key certifies.
    fn signing_key(&self) -> Option<[u8; 32]> {
        let bytes = self.signing_key_cert().ok()?;
        Some(Ed25519Certificate::parse(&bytes).ok()?.key)
    }
}

impl OnionDescriptorInner<'_> {
    /// Verifies that the descriptor's signing key certifies the keys of each introduction point.
    ///
    /// That the service wrote it is proved by the MACs with which it was opened.
    ///
    /// # Errors
    /// All that does not hold.
    pub fn verify(
        self,
        descriptor: &Verified<OnionDescriptor<'_>>,
    ) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        let source = self.document().as_bytes();
        if let Some(key) = descriptor.signing_key().and_then(Ed25519Key::new) {
            for point in self.introduction_points() {
                let mut point = Point {
                    proof: &mut proof,
                    source,
                    point,
                    key: &key,
                };
                point.certificate("auth-key", 9);
                point.certificate("enc-key-cert", 11);
                point.legacy_key();
            }
        }
        proof.finish(self)
    }
}

/// An introduction point, with the key that certifies.
struct Point<'p, 'a> {
    proof: &'p mut Proof,
    /// The layer that it is part of.
    source: &'a [u8],
    point: IntroductionPoint<'a>,
    key: &'p Ed25519Key,
}

impl<'a> Point<'_, 'a> {
    /// The item, and where it is in the layer.
    fn item(&self, keyword: &str) -> Option<(Item<'a>, Span)> {
        let item = self.point.fields().item(keyword)?;
        Some((item, Span::of(item.as_bytes(), self.source)))
    }

    fn needed(&mut self, keyword: &'static str) -> Option<(Item<'a>, Span)> {
        let whole = self.point.fields().document().as_bytes();
        let end = Span::of(whole, self.source).end;
        let item = self.item(keyword);
        self.proof.need(item, keyword, end)
    }

    fn certificate(&mut self, keyword: &'static str, cert_type: u8) -> Option<()> {
        let (item, span) = self.needed(keyword)?;
        let bytes = self.proof.object_at(&item, &["ED25519 CERT"], span)?;
        let wanted = Wanted {
            cert_type,
            by: Some(self.key),
            signer: SIGNER,
        };
        let read = self.proof.certificate(&bytes, &wanted, span)?;
        let is_named = read.signing_key() == Some(*self.key.as_bytes());
        let problem = Failure::Differs("the key that it names", SIGNER);
        self.proof.expect(is_named, problem, span)
    }

    /// The RSA key that introduction points of version 2 had.
    fn legacy_key(&mut self) -> Option<()> {
        const CERTIFICATE: &str = "legacy-key-cert";
        let (key, span) = self.item("legacy-key")?;
        let der = self.proof.object_at(&key, &["RSA PUBLIC KEY"], span)?;
        let problem = Failure::NoKey("an RSA key of 1024 bits");
        let is_key = Content::RSA_1024.is_met(&der);
        self.proof.expect(is_key, problem, span)?;
        let (item, span) = self.needed(CERTIFICATE)?;
        let bytes = self.proof.object_at(&item, &["CROSSCERT"], span)?;
        let read = Crosscert::parse(&bytes);
        let holds = read.zip(RsaPublicKey::parse(&der)).and_then(|(read, key)| {
            self.proof.until(read.expires()?);
            let digest = Sha256::new()
                .chain_update(CROSSCERT_PREFIX)
                .chain_update(read.signed);
            let is_key = read.key() == self.key.as_bytes();
            Some(is_key && key.has_signed(&digest.finalize(), read.signature))
        });
        let problem = Failure::Signature("the legacy-key, over the descriptor signing key");
        self.proof.expect(holds == Some(true), problem, span)
    }
}

/// A certificate of an ed25519 key by an RSA key (cert-spec section 2.3).
struct Crosscert<'a> {
    signed: &'a [u8; 36],
    signature: &'a [u8],
}

impl<'a> Crosscert<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (signed, rest) = bytes.split_first_chunk()?;
        let (length, signature) = rest.split_first()?;
        let is_whole = usize::from(*length) == signature.len();
        is_whole.then_some(Self { signed, signature })
    }

    fn key(&self) -> &[u8] {
        &self.signed[..32]
    }

    /// In whole hours.
    fn expires(&self) -> Option<UtcSeconds> {
        let (_, hours) = self.signed.split_last_chunk()?;
        UtcSeconds::from_unix(i64::from(u32::from_be_bytes(*hours)) * 3600)
    }
}

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned;

    use tor_harness_types::OnionAddress;

    use super::*;
    use crate::kinds::{OnionDescriptorKeys, OnionDescriptorMiddle};
    use crate::structure::{Document, OwnedItem, encode, sha256};
    use crate::testing::recorded;
    use crate::verify::testing::{STEP, flip, said};

    fn onion(bytes: &[u8]) -> OnionDescriptor<'_> {
        OnionDescriptor::read(Document::new(bytes))
    }

    /// The recorded services, with the private half of the key that one is open to.
    const SERVICES: [(&str, Option<&[u8; 32]>); 2] = [
        ("open", None),
        ("restricted", Some(b"this is tor-harness's test key !")),
    ];

    fn address(name: &str) -> OnionAddress {
        let hostname = recorded(&alloc::format!("data-directory/{name}-service/hostname"));
        let hostname = core::str::from_utf8(hostname).unwrap().trim_end();
        hostname.trim_end_matches(".onion").parse().unwrap()
    }

    /// The middle and the inner layer of a recorded descriptor.
    fn layers(name: &str, client: Option<&[u8; 32]>) -> [Vec<u8>; 2] {
        let outer = onion(recorded(&alloc::format!("netdoc/onion-descriptor/{name}")));
        let keys = OnionDescriptorKeys::new(&outer, &address(name)).unwrap();
        let middle = keys.open_middle(&outer).unwrap();
        let read = OnionDescriptorMiddle::read(Document::new(&middle));
        let inner = keys.open_inner(&read, client).unwrap();
        [middle, inner]
    }

    fn inner(bytes: &[u8]) -> OnionDescriptorInner<'_> {
        OnionDescriptorInner::read(Document::new(bytes))
    }

    #[test]
    fn onion_descriptors_hold() {
        for (name, client) in SERVICES {
            let bytes = recorded(&alloc::format!("netdoc/onion-descriptor/{name}"));
            assert_eq!(said(onion(bytes).verify(), bytes), [""; 0], "{name}");
            let outer = onion(bytes).verify().unwrap();
            let [_, layer] = layers(name, client);
            assert!(inner(&layer).introduction_points().count() > 1);
            assert_eq!(
                said(inner(&layer).verify(&outer), &layer),
                [""; 0],
                "{name}"
            );
        }
        // Of another service's introduction points nothing holds.
        let restricted = onion(recorded("netdoc/onion-descriptor/restricted"));
        let restricted = restricted.verify().unwrap();
        let [_, layer] = layers("open", None);
        let failures = said(inner(&layer).verify(&restricted), &layer);
        assert_eq!(
            failures.len(),
            4 * inner(&layer).introduction_points().count()
        );
    }

    /// The certificates are all that is proved of the inner layer by itself.
    #[test]
    fn flipped_introduction_points_do_not() {
        let outer = onion(recorded("netdoc/onion-descriptor/open"))
            .verify()
            .unwrap();
        let [_, layer] = layers("open", None);
        let mut flipped = layer.clone();
        for point in inner(&layer).introduction_points() {
            for keyword in ["auth-key", "enc-key-cert"] {
                let item = point.fields().item(keyword).unwrap();
                let Span { start, end } = Span::of(item.as_bytes(), &layer);
                for at in (start..end).step_by(STEP) {
                    flipped[at] ^= 1;
                    assert!(inner(&flipped).verify(&outer).is_err(), "{at}");
                    flipped[at] ^= 1;
                }
            }
        }
    }

    #[test]
    fn flipped_onion_descriptors_do_not() {
        for (name, _) in SERVICES {
            let bytes = recorded(&alloc::format!("netdoc/onion-descriptor/{name}"));
            flip(bytes, &[], |bytes| onion(bytes).verify().is_err());
        }
    }

    /// What is encrypted has a MAC of its own: who signs need not know what.
    #[test]
    fn flipped_layers_do_not_open() {
        for (name, client) in SERVICES {
            let bytes = recorded(&alloc::format!("netdoc/onion-descriptor/{name}"));
            let keys = OnionDescriptorKeys::new(&onion(bytes), &address(name)).unwrap();
            flip_object(bytes, "superencrypted", |bytes| {
                keys.open_middle(&onion(bytes)).is_err()
            });
            let middle = keys.open_middle(&onion(bytes)).unwrap();
            flip_object(&middle, "encrypted", |bytes| {
                let read = OnionDescriptorMiddle::read(Document::new(bytes));
                keys.open_inner(&read, client).is_err()
            });
        }
    }

    /// A key with the exponent 1, for which a signature is what it signs: tor asks for no other.
    #[test]
    fn legacy_keys_certify_the_signing_key() {
        let outer = onion(recorded("netdoc/onion-descriptor/open"));
        let outer = outer.verify().unwrap();
        let [_, layer] = layers("open", None);
        let modulus = [[0].as_slice(), &[0xff; 128]].concat();
        let der = [&[0x30, 0x81, 135, 2, 0x81, 129], &modulus[..], &[2, 1, 1]].concat();
        let failures = |der: &[u8], key: [u8; 32], flip: u8| {
            let signed = [&key[..], &[0, 0x10, 0, 0]].concat();
            let digest = sha256(&[CROSSCERT_PREFIX, &signed].concat());
            let padding = [[0, 1].as_slice(), &[0xff; 93], &[flip]].concat();
            let certificate = [&signed, &[128][..], &padding, &digest].concat();
            let items = [
                OwnedItem::new("legacy-key").object_of("RSA PUBLIC KEY", der),
                OwnedItem::new("legacy-key-cert").object_of("CROSSCERT", &certificate),
            ];
            let layer = [layer.trim_ascii_end(), b"\n", &encode(&items)].concat();
            let said = said(inner(&layer).verify(&outer), &layer);
            said.iter()
                .map(|failure| failure.split_once(' ').unwrap().1.to_owned())
                .collect::<Vec<_>>()
        };
        let signing_key = outer.signing_key().unwrap();
        let by = "expected a signature of these bytes by the legacy-key, over the descriptor signing key";
        assert_eq!(failures(&der, signing_key, 0), [""; 0]);
        assert_eq!(failures(&der, signing_key, 1), [by]);
        assert_eq!(failures(&der, [7; 32], 0), [by]);
        assert_eq!(
            failures(&der[..134], signing_key, 0),
            ["expected an RSA key of 1024 bits"]
        );
    }

    /// Flips a bit of each digit of an object: it cannot be read any more, or not opened.
    fn flip_object(bytes: &[u8], keyword: &str, fails: impl Fn(&[u8]) -> bool) {
        assert!(!fails(bytes));
        let object = Document::new(bytes)
            .item(keyword)
            .unwrap()
            .object()
            .unwrap();
        let mut flipped = bytes.to_vec();
        for line in object.lines() {
            let Span { start, end } = Span::of(line, bytes);
            for at in (start..end).step_by(STEP) {
                flipped[at] ^= 1;
                assert!(fails(&flipped), "{keyword}: {at}");
                flipped[at] ^= 1;
            }
        }
    }

    #[test]
    fn nothing_may_be_beside_what_is_signed() {
        let bytes = recorded("netdoc/onion-descriptor/open").trim_ascii_end();
        for (before, behind) in [("x\n", ""), ("", " x"), ("", "\nrevision-counter 1")] {
            let bytes = [before.as_bytes(), bytes, behind.as_bytes()].concat();
            assert!(onion(&bytes).verify().is_err(), "{before}{behind}");
        }
    }
}
