//! What the two documents of a relay are signed by.

use alloc::vec::Vec;

use sha2::{Digest, Sha256};
use tor_harness_types::Fingerprint;

use super::certificate::Wanted;
use super::ed25519::Ed25519Check;
use super::failure::Failure;
use super::proof::Proof;
use crate::rules::{Content, Fields};
use crate::structure::{Item, sha1, signed_part};

/// A document of a relay: from its first item to its RSA signature.
#[derive(Clone, Copy)]
pub(super) struct Signed<'f, 'a> {
    pub(super) fields: &'f Fields<'a>,
    /// The item that it begins with.
    pub(super) first: Item<'a>,
    /// The item with the RSA signature.
    pub(super) last: Item<'a>,
}

const RSA: &str = "router-signature";
const ED25519: &str = "router-sig-ed25519";
/// What a relay's ed25519 key signs is the hash of this and the document (section 2.1.1).
const PREFIX: &[u8] = b"Tor router descriptor signature v1";

impl<'f, 'a> Signed<'f, 'a> {
    /// The document, of which nothing is beside what is signed.
    pub(super) fn find(
        proof: &mut Proof,
        fields: &'f Fields<'a>,
        keyword: &'static str,
    ) -> Option<Self> {
        let [first, last] = proof.ends(fields, [keyword, RSA])?;
        if let Some(item) = fields.item(ED25519) {
            let between = fields.document().part(item.span().end, last.span().start);
            let is_next = between.items().next().is_none() && item.span().end <= last.span().start;
            proof.expect(is_next, Failure::Unsigned(ED25519), item.span());
        }
        Some(Self {
            fields,
            first,
            last,
        })
    }

    /// Where the document ends.
    pub(super) fn end(&self) -> usize {
        self.fields.document().span().end
    }

    /// Whether the RSA identity key, which is DER, signed it.
    pub(super) fn rsa(&self, proof: &mut Proof, key: &[u8]) {
        let part = signed_part(self.first, self.last).unwrap_or_default();
        let by = (Some(key), "the RSA identity key");
        proof.rsa(&self.last, &["SIGNATURE"], by, &sha1(part));
    }

    /// The ed25519 identity key, where the relay has one: its certificate of the signing key,
    /// which is asked unless it is the one that is `known` to hold, and the signature by that.
    pub(super) fn ed25519(&self, proof: &mut Proof, known: Option<&[u8]>) -> Option<[u8; 32]> {
        let certificate = self.fields.item("identity-ed25519")?;
        let bytes = proof.object(&certificate, &["ED25519 CERT"])?;
        let span = certificate.span();
        let wanted = Wanted {
            cert_type: 4,
            by: None,
            signer: "the identity key that it names",
        };
        let read = match known == Some(&bytes[..]) {
            true => proof.known_certificate(&bytes, wanted.cert_type, span)?,
            false => proof.certificate(&bytes, &wanted, span)?,
        };
        let master = read.signing_key()?;
        let signing = proof.key(read.key, "a certified ed25519 key", span)?;
        let item = proof.need(self.fields.item(ED25519), ED25519, self.end())?;
        let signature = proof.read(self.fields.one(ED25519))?;
        // Up to the space behind the keyword.
        let start = self.first.span().start;
        let end = item.span().start + ED25519.len() + 1;
        let is_whole = item.line().starts_with(ED25519.as_bytes());
        proof.expect(is_whole, Failure::Unsigned(ED25519), item.span())?;
        let part = item.source().get(start..end).unwrap_or_default();
        let digest = Sha256::new()
            .chain_update(PREFIX)
            .chain_update(part)
            .finalize();
        let check = Ed25519Check::by(&signing, &digest, &signature);
        proof.ed25519(check, "the ed25519 signing key", item.span());
        Some(master)
    }
}

impl Proof {
    /// The RSA key in the object of an item, as DER, with its fingerprint.
    pub(super) fn rsa_key(&mut self, item: &Item<'_>) -> Option<(Vec<u8>, Fingerprint)> {
        let der = self.object(item, &["RSA PUBLIC KEY"])?;
        let is_key = Content::RSA_1024.is_met(&der);
        self.expect(
            is_key,
            Failure::NoKey("an RSA key of 1024 bits"),
            item.span(),
        )?;
        let fingerprint = Fingerprint::new(sha1(&der));
        Some((der, fingerprint))
    }
}
