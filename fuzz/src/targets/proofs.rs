//! Verifying every kind, whatever came.

use std::hint::black_box;
use std::sync::LazyLock;

use tor_harness_netdoc::{
    Authorities, Consensus, DetachedSignatures, Document, Ed25519Certificate, ExtraInfo,
    KeyCertificate, Kind, OnionDescriptor, ServerDescriptor, Vote,
};
use tor_harness_testnet::{Relay, Seed};

/// One that holds, which extra-infos are verified by.
static SERVER_DESCRIPTOR: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let published = "2026-11-22 12:00:00".parse().expect("it is a time");
    let relay = Relay::new(Seed::new(1), 0, published);
    relay.server_descriptor().encode()
});

/// Verifies a document as of this kind: that does not panic.
pub(super) fn proofs(kind: Kind, document: Document<'_>) {
    match kind {
        Kind::ServerDescriptor => drop(black_box(ServerDescriptor::read(document).verify())),
        Kind::ExtraInfo => {
            let own = ServerDescriptor::read(Document::new(&SERVER_DESCRIPTOR)).verify();
            let own = own.expect("it was signed just now");
            drop(black_box(ExtraInfo::read(document).verify(&own)));
        }
        Kind::KeyCertificate => drop(black_box(KeyCertificate::read(document).verify())),
        Kind::Vote => {
            let read = Vote::read(document);
            let trusted = authorities(read.key_certificate());
            drop(black_box(read.verify(&trusted)));
        }
        Kind::Consensus | Kind::ConsensusMicrodesc => {
            drop(black_box(
                Consensus::read(document).verify(&authorities(None)),
            ));
        }
        Kind::DetachedSignatures => {
            let read = DetachedSignatures::read(document);
            let beside = [Consensus::read(document)];
            drop(black_box(read.verify(&beside, &authorities(None))));
        }
        Kind::OnionDescriptor => drop(black_box(OnionDescriptor::read(document).verify())),
        Kind::Ed25519Certificate => {
            if let Some(bytes) = Ed25519Certificate::bytes_of(document)
                && let Ok(read) = Ed25519Certificate::parse(&bytes)
            {
                drop(black_box(read.verify(None)));
            }
        }
        // Others are not signed, or only with others that are.
        _ => {}
    }
}

/// The authority with this certificate, if it holds.
fn authorities(certificate: Option<KeyCertificate<'_>>) -> Authorities {
    let verified = certificate.and_then(|one| one.verify().ok());
    let identity = verified.as_ref().and_then(|one| one.fingerprint().ok());
    let mut authorities = Authorities::new(identity);
    verified.iter().for_each(|one| authorities.add(one));
    authorities
}
