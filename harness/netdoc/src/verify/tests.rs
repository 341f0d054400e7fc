//! What documents prove that tor made, and what they do not with a byte flipped.

use alloc::string::String;
use alloc::vec::Vec;

use data_encoding::HEXUPPER;
use tor_harness_types::{Fingerprint, Span};

use super::{Authorities, Judged, Standing, Unproved, Verified};
use crate::kinds::{
    Consensus, DetachedSignatures, DirectorySignature, ExtraInfo, KeyCertificate, Kind,
    Microdescriptor, OnionDescriptor, OnionDescriptorInner, OnionDescriptorKeys,
    OnionDescriptorMiddle, ServerDescriptor, Vote,
};
use crate::rules::ParseError;
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

/// Flips bits of a document: verifying it fails. All that is not signed are these words, in
/// which a letter may be of the other case.
#[track_caller]
fn flip(bytes: &[u8], hexadecimal: &[String], fails: impl Fn(&[u8]) -> bool) {
    assert!(!fails(bytes));
    let words: Vec<_> = hexadecimal
        .iter()
        .flat_map(|word| places(bytes, word))
        .collect();
    let is_case = |at: usize, bit: u8| {
        let is_word = words
            .iter()
            .any(|word| (word.start..word.end).contains(&at));
        is_word && bit == 0x20 && bytes[at].is_ascii_alphabetic()
    };
    let mut flipped = bytes.to_vec();
    let mut different = Vec::new();
    for at in (bytes.len() % STEP..bytes.len()).step_by(STEP) {
        for bit in FLIPS {
            flipped[at] ^= bit;
            if fails(&flipped) == is_case(at, bit) {
                different.push((Span::from(at..at + 1).place(bytes), bit));
            }
            flipped[at] ^= bit;
        }
    }
    assert_eq!(different, []);
}

/// Where a word is in a document.
fn places(bytes: &[u8], word: &str) -> Vec<Span> {
    let windows = bytes.windows(word.len()).enumerate();
    let found = windows.filter(|(_, window)| *window == word.as_bytes());
    found
        .map(|(at, _)| Span::from(at..at + word.len()))
        .collect()
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

/// The three authorities of the recorded network.
fn authorities() -> Authorities {
    let certificates = [0, 1, 2].map(|number| {
        let bytes = recorded(&alloc::format!("netdoc/key-certificate/authority-{number}"));
        KeyCertificate::read(Document::new(bytes)).verify().unwrap()
    });
    let identities = certificates.iter().map(|one| one.fingerprint().unwrap());
    let mut authorities = Authorities::new(identities);
    certificates.iter().for_each(|one| authorities.add(one));
    authorities
}

/// The words by which a signature names its key, as they stand beside each other.
fn named(signature: Result<DirectorySignature<'_>, ParseError>) -> String {
    let signature = signature.unwrap();
    alloc::format!("{} {}", signature.identity, signature.signing_key_digest)
}

const CONSENSUSES: [&str; 5] = [
    "netdoc/consensus/first",
    "netdoc/consensus/current",
    "netdoc/consensus/next",
    "netdoc/consensus-microdesc/first",
    "netdoc/consensus-microdesc/current",
];

fn consensus(bytes: &[u8]) -> Consensus<'_> {
    Consensus::read(Document::new(bytes))
}

#[test]
fn consensuses_hold() {
    let authorities = authorities();
    for path in CONSENSUSES {
        let bytes = recorded(path);
        let verified = consensus(bytes).verify(&authorities);
        assert_eq!(said(verified, bytes), [""; 0], "{path}");
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
    let written = good(Kind::Consensus).chain(good(Kind::MicrodescConsensus));
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

fn good_signatures(judged: Result<Vec<Judged<'_>>, ParseError>) -> usize {
    let judged = judged.unwrap_or_default();
    let is_good = |one: &&Judged<'_>| matches!(one.standing, Standing::Good(_));
    judged.iter().filter(is_good).count()
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
fn votes_hold() {
    for (path, bytes) in good(Kind::Vote) {
        let read = Vote::read(Document::new(bytes));
        let certificate = read.key_certificate().unwrap();
        let authorities = Authorities::new([certificate.fingerprint().unwrap()]);
        assert_eq!(said(read.verify(&authorities), bytes), [""; 0], "{path}");
        let nobody = said(read.verify(&Authorities::default()), bytes);
        assert!(
            nobody[0].contains("expected an authority that is trusted"),
            "{nobody:?}"
        );
    }
}

#[test]
fn flipped_votes_do_not() {
    let authorities = authorities();
    let bytes = recorded("netdoc/vote/authority-0");
    let vote = Vote::read(Document::new(bytes));
    let named: Vec<_> = vote.signatures().map(named).collect();
    flip(bytes, &named, |bytes| {
        Vote::read(Document::new(bytes))
            .verify(&authorities)
            .is_err()
    });
}

#[test]
fn detached_signatures_hold() {
    let authorities = authorities();
    let consensuses = [consensus(recorded("netdoc/consensus/next"))];
    let bytes = recorded("netdoc/detached-signatures/next");
    let read = DetachedSignatures::read(Document::new(bytes));
    assert_eq!(
        said(read.verify(&consensuses, &authorities), bytes),
        [""; 0]
    );
}

#[test]
fn flipped_detached_signatures_do_not() {
    let authorities = authorities();
    let consensuses = [consensus(recorded("netdoc/consensus/next"))];
    let bytes = recorded("netdoc/detached-signatures/next");
    fn read(bytes: &[u8]) -> DetachedSignatures<'_> {
        DetachedSignatures::read(Document::new(bytes))
    }
    let good = |bytes: &[u8]| good_signatures(read(bytes).judge(&authorities));
    let all = good(bytes);
    assert!(all > 1);
    let hex = |bytes: &[u8]| HEXUPPER.encode(bytes);
    let whole = read(bytes);
    let additional = whole.additional_signatures();
    let signatures = additional.map(|one| one.map(|one| one.signature));
    let named = signatures.chain(whole.signatures()).map(named);
    let additional = whole.additional_digests();
    let digests = additional.map(|one| hex(&one.unwrap().digest));
    let ns = read(bytes)
        .consensus_digest()
        .unwrap()
        .map(|digest| hex(&digest));
    let hexadecimal: Vec<_> = named.chain(digests).chain(ns).collect();
    flip(bytes, &hexadecimal, |bytes| {
        good(bytes) < all || read(bytes).verify(&consensuses, &authorities).is_err()
    });
}

fn onion(bytes: &[u8]) -> OnionDescriptor<'_> {
    OnionDescriptor::read(Document::new(bytes))
}

/// The middle and the inner layer of a recorded descriptor.
fn layers(name: &str, client: Option<&[u8; 32]>) -> [Vec<u8>; 2] {
    let hostname = recorded(&alloc::format!("data-directory/{name}-service/hostname"));
    let hostname = core::str::from_utf8(hostname).unwrap().trim_end();
    let address = hostname.trim_end_matches(".onion").parse().unwrap();
    let outer = onion(recorded(&alloc::format!("netdoc/onion-descriptor/{name}")));
    let keys = OnionDescriptorKeys::new(&outer, &address).unwrap();
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
    // The private half of the key that the restricted service is open to.
    let reader = b"this is tor-harness's test key !";
    for (name, client) in [("open", None), ("restricted", Some(reader))] {
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
    let bytes = recorded("netdoc/onion-descriptor/open");
    flip(bytes, &[], |bytes| onion(bytes).verify().is_err());
}
