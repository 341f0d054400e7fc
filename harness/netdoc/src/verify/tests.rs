//! What documents prove that tor made, and what they do not with a byte flipped.

use alloc::string::String;
use alloc::vec::Vec;

use tor_harness_types::Span;

use super::{Unproved, Verified};
use crate::kinds::{Consensus, ExtraInfo, Kind, Microdescriptor, ServerDescriptor};
use crate::structure::Document;
use crate::testing::{good_documents, recorded};

/// The bits that are flipped, each alone: the least, and the one for upper and lower case.
const FLIPS: [u8; 2] = [0x01, 0x20];

/// How many bytes there are from one that is flipped to the next; all in an optimised build.
const STEP: usize = if cfg!(debug_assertions) { 7 } else { 1 };

/// What does not hold, each as `LINE:COLUMN failure`.
fn said<T>(answer: Result<Verified<T>, Vec<Unproved>>, bytes: &[u8]) -> Vec<String> {
    let failures = answer.err().unwrap_or_default();
    let said = failures.iter().map(|wrong| {
        let place = wrong.span.place(bytes);
        alloc::format!("{}:{} {}", place.line, place.column, wrong.problem)
    });
    said.collect()
}

/// Flips bytes of a document. Verifying fails but in these parts of it.
#[track_caller]
fn flip(bytes: &[u8], unsigned: &[&str], fails: impl Fn(&[u8]) -> bool) {
    assert!(!fails(bytes));
    let place = |part: &&str| {
        let mut windows = bytes.windows(part.len());
        let start = windows.position(|window| window == part.as_bytes());
        let start = start.unwrap_or_else(|| panic!("the document has no {part:?}"));
        Span::from(start..start + part.len())
    };
    let unsigned: Vec<_> = unsigned.iter().map(place).collect();
    let is_signed = |at: usize| {
        !unsigned
            .iter()
            .any(|span| (span.start..span.end).contains(&at))
    };
    let mut flipped = bytes.to_vec();
    let offset = bytes.len() % STEP;
    for at in (offset..bytes.len())
        .step_by(STEP)
        .filter(|at| is_signed(*at))
    {
        for bit in FLIPS {
            flipped[at] ^= bit;
            assert!(
                fails(&flipped),
                "byte {at} ^ {bit:#04x} of {}",
                String::from_utf8_lossy(bytes)
            );
            flipped[at] ^= bit;
        }
    }
}

/// The good documents of a kind.
fn good(kind: Kind) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    good_documents()
        .filter(move |(_, own, _)| *own == kind)
        .map(|(path, _, document)| (path, document.as_bytes()))
}

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

#[test]
fn flipped_extra_info_documents_do_not() {
    let relay = relay("relay");
    flip(recorded("netdoc/extra-info/relay"), &[], |bytes| {
        ExtraInfo::read(Document::new(bytes))
            .verify(&relay)
            .is_err()
    });
}

#[test]
fn microdescriptors_are_those_of_a_consensus() {
    let consensus = recorded("netdoc/consensus-microdesc/current");
    let consensus = Consensus::read(Document::new(consensus));
    let digests: Vec<_> = consensus
        .routers()
        .filter_map(|router| router.unwrap().microdescriptor)
        .collect();
    for name in ["authority", "exit", "relay"] {
        let bytes = recorded(&alloc::format!("netdoc/microdescriptor/{name}"));
        fn read(bytes: &[u8]) -> Microdescriptor<'_> {
            Microdescriptor::read(Document::new(bytes))
        }
        let digest = digests
            .iter()
            .find(|digest| read(bytes).verify(digest).is_ok());
        let digest = digest.unwrap_or_else(|| panic!("{name} is not in the consensus"));
        flip(bytes, &[], |bytes| read(bytes).verify(digest).is_err());
    }
}
