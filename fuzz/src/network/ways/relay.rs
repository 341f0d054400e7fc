//! What both descriptors of a relay have.

use tor_harness_netdoc::{Builder, Ed25519CertificateDraft, Ed25519SecretKey, Seal};

use super::super::given::Given;
use super::parts::sealed_by;

pub(super) const IDENTITY: &str = "identity-ed25519";
pub(super) const ED25519: &str = "router-sig-ed25519";
pub(super) const RSA: &str = "router-signature";

/// A month from now.
pub(super) fn expires(given: &Given) -> tor_harness_types::UtcSeconds {
    given.later(30 * 24 * 3600)
}

/// The certificate of the relay's signing key as it should be, but for the time.
pub(super) fn draft(given: &Given) -> Ed25519CertificateDraft {
    let keys = given.relay().keys();
    Ed25519CertificateDraft::new(4, keys.signing().public(), expires(given)).naming(keys.master())
}

/// The certificate of the signing key is this one.
pub(super) fn certified(
    builder: Builder,
    draft: &Ed25519CertificateDraft,
    by: &Ed25519SecretKey,
) -> Builder {
    builder.set_object(IDENTITY, "ED25519 CERT", &draft.sign(by))
}

/// Another relay's signing key signs.
pub(super) fn signed_by_other(given: &Given, builder: Builder) -> Builder {
    let key = given.other().keys().signing().clone();
    sealed_by(builder, ED25519, Seal::Router(key))
}
