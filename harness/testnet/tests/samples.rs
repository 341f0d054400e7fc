//! Each kind has a sample, which is right and proves what it signs.

mod check;

use tor_harness_netdoc::{
    Authorities, Consensus, ConsensusDiff, DetachedSignatures, Document, ExtraInfo, KeyCertificate,
    Kind, Microdescriptor, OnionDescriptor, ServerDescriptor, Vote, sha1, stretches,
};
use tor_harness_testnet::sample;

use check::check;

#[test]
fn every_kind_has_one() {
    for kind in Kind::all() {
        let builder = sample::of(kind);
        assert_eq!(builder.kind(), kind);
        let bytes = builder.encode();
        check(kind, &bytes);
        let mut all = stretches(&bytes);
        let first = all.next().map(|stretch| stretch.kind);
        assert_eq!((first, all.next()), (Some(Some(kind)), None), "{kind}");
    }
}

#[test]
fn what_they_sign_holds() {
    let bytes = |kind: Kind| sample::of(kind).encode();
    let [descriptor, extra_info, certificate] = [
        Kind::ServerDescriptor,
        Kind::ExtraInfo,
        Kind::KeyCertificate,
    ]
    .map(bytes);
    let descriptor = ServerDescriptor::read(Document::new(&descriptor));
    let descriptor = descriptor.verify().expect("the descriptor is signed");
    let extra_info = ExtraInfo::read(Document::new(&extra_info));
    assert!(extra_info.verify(&descriptor).is_ok());

    let certificate = KeyCertificate::read(Document::new(&certificate));
    let certificate = certificate.verify().expect("the certificate is signed");
    let mut authorities = Authorities::new([certificate.fingerprint().unwrap()]);
    authorities.add(&certificate);
    let statuses = [Kind::Consensus, Kind::ConsensusMicrodesc].map(bytes);
    let consensuses = statuses.each_ref().map(|bytes| {
        let read = Consensus::read(Document::new(bytes));
        assert!(read.verify(&authorities).is_ok());
        read
    });
    let signatures = bytes(Kind::DetachedSignatures);
    let signatures = DetachedSignatures::read(Document::new(&signatures));
    assert!(signatures.verify(&consensuses, &authorities).is_ok());
    let vote = bytes(Kind::Vote);
    assert!(
        Vote::read(Document::new(&vote))
            .verify(&authorities)
            .is_ok()
    );

    let microdescriptor = bytes(Kind::Microdescriptor);
    let microdescriptor = Microdescriptor::read(Document::new(&microdescriptor));
    let named = consensuses[1].routers().map(Result::unwrap);
    let digests: Vec<_> = named.filter_map(|router| router.microdescriptor).collect();
    assert!(digests.contains(&microdescriptor.digest()));

    let diff = bytes(Kind::ConsensusDiff);
    let diff = ConsensusDiff::read(Document::new(&diff));
    let newer = diff.apply(&statuses[0]).expect("it is from the consensus");
    let newer = Consensus::read(Document::new(&newer));
    assert!(newer.verify(&authorities).is_ok());

    let onion = bytes(Kind::OnionDescriptor);
    assert!(
        OnionDescriptor::read(Document::new(&onion))
            .verify()
            .is_ok()
    );
}

/// Of kinds that nothing in netdoc verifies: by the key that they have.
#[test]
fn what_old_ones_sign_holds() {
    for (kind, keyword, last) in [
        (
            Kind::NetworkStatus2,
            "dir-signing-key",
            "directory-signature",
        ),
        (Kind::OnionDescriptor2, "permanent-key", "signature"),
    ] {
        let bytes = sample::of(kind).encode();
        let document = Document::new(&bytes);
        let object = |keyword| document.item(keyword).unwrap().object().unwrap().decode();
        let [key, signature] = [keyword, last].map(object).map(Option::unwrap);
        let start = document.item(last).unwrap().span().start;
        let line = bytes[start..]
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap();
        let digest = sha1(&bytes[..=start + line]);
        let network = sample::network();
        let mut keys = network
            .all_relays()
            .into_iter()
            .map(|relay| relay.keys().identity());
        let key = keys.find(|one| one.public_der() == key).unwrap();
        assert_eq!(key.sign(&digest), Some(signature), "{kind}");
    }
}
