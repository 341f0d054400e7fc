//! An introduction point in an onion service's descriptor (rend-spec-v3 section 2.5.2.2).

use data_encoding::BASE64;
use tor_harness_netdoc::{
    Builder, Ed25519CertificateDraft, Ed25519SecretKey, Kind, LinkSpecifier, OwnedItem,
};
use tor_harness_types::UtcSeconds;

use crate::relay::Relay;
use crate::seed::Seed;

/// A relay as introduction point, with keys out of a seed.
pub(super) fn introduction_point(
    relay: &Relay,
    seed: Seed,
    signing: &Ed25519SecretKey,
    expires: UtcSeconds,
) -> Builder {
    let links = LinkSpecifier::write_all(&[
        LinkSpecifier::Socket((relay.address, relay.or_port).into()),
        LinkSpecifier::Fingerprint(relay.fingerprint()),
        LinkSpecifier::Ed25519(relay.keys().master().public()),
    ]);
    let auth = Ed25519SecretKey::from_seed(seed.bytes("auth"));
    let (encryption, _) = Ed25519SecretKey::from_x25519(seed.bytes("encryption"));
    let ntor = |key: [u8; 32]| format!("ntor {}", BASE64.encode(&key));
    let certificate = |keyword: &str, cert_type, key: [u8; 32]| {
        let draft = Ed25519CertificateDraft::new(cert_type, key, expires);
        OwnedItem::new(keyword).object_of("ED25519 CERT", &draft.naming(signing).sign(signing))
    };
    // As an ed25519 key it has no sign, as tor writes it: nobody verifies anything with it.
    let mut certified = encryption.public();
    certified[31] &= 0x7f;
    Builder::new(Kind::OnionDescriptorInner)
        .push(OwnedItem::new("introduction-point").text(BASE64.encode(&links)))
        .push(OwnedItem::new("onion-key").text(ntor(relay.keys().ntor_public())))
        .push(certificate("auth-key", 9, auth.public()))
        .push(OwnedItem::new("enc-key").text(ntor(encryption.to_x25519())))
        .push(certificate("enc-key-cert", 11, certified))
}
