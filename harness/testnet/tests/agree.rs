//! What a network makes is right, by the rules, the laws and the proofs of netdoc.

mod check;

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{
    Authorities, BandwidthFile, Consensus, DetachedSignatures, Document, ExtraInfo, Flavor, Judged,
    KeyCertificate, Kind, Microdescriptor, ServerDescriptor, Standing, Vote, sha256,
};
use tor_harness_testnet::{ExitPolicy, Network, Seed};

use check::check;

fn network() -> Network {
    let mut network = Network::new(Seed::new(7), 3, 20, "2026-11-22 12:00:00".parse().unwrap());
    network.status.with_votes = true;
    network.status.params.insert("circwindow".into(), 1000);
    let family = network.relays[1].fingerprint();
    let relay = &mut network.relays[0];
    relay.family = vec![family];
    relay.policy = ExitPolicy::ports([80..=80, 443..=444]);
    relay.policy_v6 = ExitPolicy::all();
    relay.ipv6 = Some("[2001:db8::1]:9001".parse().unwrap());
    let key = network.authorities[0].relay.keys().signing().clone();
    network.relays[3].has_tap_key = false;
    network.relays[2].family_keys = vec![key];
    network
}

fn authorities(network: &Network) -> Authorities {
    let certificates = network.key_certificates();
    let identities = network.authorities.iter().map(|one| one.identity());
    let mut authorities = Authorities::new(identities);
    for bytes in &certificates {
        check(Kind::KeyCertificate, bytes);
        let read = KeyCertificate::read(Document::new(bytes));
        authorities.add(&read.verify().expect("the certificate is signed"));
    }
    authorities
}

#[test]
fn consensuses_are_signed_and_name_what_there_is() {
    let network = network();
    let authorities = authorities(&network);
    let all = network.documents();
    for (flavor, kind, bytes) in [
        (Flavor::Ns, Kind::Consensus, &all.consensus),
        (
            Flavor::Microdesc,
            Kind::ConsensusMicrodesc,
            &all.microdesc_consensus,
        ),
    ] {
        assert_eq!(network.consensus(flavor).encode(), *bytes);
        check(kind, bytes);
        let read = Consensus::read(Document::new(bytes));
        let judged = read.judge(&authorities).unwrap();
        assert_eq!(judged.len(), 3);
        let consensus = read
            .verify(&authorities)
            .expect("all authorities signed it");
        assert_eq!(consensus.routers().count(), 23);
        for ((router, microdescriptor), descriptor) in consensus
            .routers()
            .zip(&all.microdescriptors)
            .zip(&all.server_descriptors)
        {
            let router = router.unwrap();
            check(Kind::Microdescriptor, microdescriptor);
            let microdescriptor = Microdescriptor::read(Document::new(microdescriptor));
            let descriptor = ServerDescriptor::read(Document::new(descriptor));
            assert_eq!(descriptor.fingerprint(), Ok(Some(router.identity)));
            match flavor {
                Flavor::Ns => assert_eq!(router.digest, descriptor.digest()),
                Flavor::Microdesc => {
                    assert_eq!(router.microdescriptor, Some(microdescriptor.digest()));
                }
            }
        }
    }
}

#[test]
fn descriptors_are_signed_and_agree() {
    let network = network();
    let all = network.documents();
    for ((relay, descriptor), extra_info) in network
        .all_relays()
        .iter()
        .zip(&all.server_descriptors)
        .zip(&all.extra_infos)
    {
        assert_eq!(relay.server_descriptor().encode(), *descriptor);
        check(Kind::ServerDescriptor, descriptor);
        check(Kind::ExtraInfo, extra_info);
        let read = ServerDescriptor::read(Document::new(descriptor));
        let verified = read.verify().expect("the descriptor is signed");
        let read = ExtraInfo::read(Document::new(extra_info));
        assert!(read.verify(&verified).is_ok());
    }
}

#[test]
fn detached_signatures_are_of_both_consensuses() {
    let network = network();
    let authorities = authorities(&network);
    let all = network.documents();
    let bytes = &all.detached_signatures;
    assert_eq!(network.detached_signatures().encode(), *bytes);
    check(Kind::DetachedSignatures, bytes);
    let read = DetachedSignatures::read(Document::new(bytes));
    let judged = read.judge(&authorities).unwrap();
    assert_eq!(judged.len(), 6);
    let is_good = |one: &Judged<'_>| matches!(one.standing, Standing::Good(_));
    assert!(judged.iter().all(is_good));
    let consensuses = [&all.consensus, &all.microdesc_consensus]
        .map(|bytes| Consensus::read(Document::new(bytes)));
    assert!(read.verify(&consensuses, &authorities).is_ok());

    // Not those of another consensus, which is signed as well.
    let other = network.consensus(Flavor::Ns).set("params", "x=1").encode();
    let other = network.detached_signatures_of(&other, &all.microdesc_consensus);
    let other = other.encode();
    let read = DetachedSignatures::read(Document::new(&other));
    assert!(read.verify(&consensuses, &authorities).is_err());
}

#[test]
fn votes_measure_by_the_bandwidth_file() {
    let network = network();
    let all = network.documents();
    check(Kind::BandwidthFile, &all.bandwidth_file);
    let file = BandwidthFile::read(Document::new(&all.bandwidth_file));
    let header: Vec<_> = file
        .header()
        .as_bytes()
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.starts_with(b"==="))
        .collect();
    let header = [b"timestamp=", &header.join(&b' ')[..]].concat();
    let digest = BASE64_NOPAD.encode(&sha256(&all.bandwidth_file));
    for vote in &all.votes {
        let document = Document::new(vote);
        let text = |keyword| document.item(keyword).unwrap().text().unwrap();
        assert_eq!(text("bandwidth-file-headers"), header);
        let named = format!("sha256={digest}");
        assert_eq!(text("bandwidth-file-digest"), named.as_bytes());
        let vote = Vote::read(document);
        assert_eq!(vote.routers().count(), file.relays().count());
        for (router, line) in vote.routers().zip(file.relays()) {
            let router = router.unwrap();
            assert_eq!(line.one("node_id"), Ok(router.identity));
            let voted = router.document();
            let bandwidth: u32 = line.one("bw").unwrap();
            let believed = bandwidth.min(10_000);
            let weight = format!("Bandwidth={believed} Measured={bandwidth}");
            assert_eq!(voted.item("w").unwrap().text(), Some(weight.as_bytes()));
            let master = line.value("master_key_ed25519").unwrap();
            let identity = [b"ed25519 ", master].concat();
            assert_eq!(voted.item("id").unwrap().text(), Some(&identity[..]));
        }
    }
}

#[test]
fn votes_are_those_that_the_consensus_names() {
    let network = network();
    let authorities = authorities(&network);
    let consensus = network.consensus(Flavor::Ns).encode();
    let named: Vec<_> = Document::new(&consensus)
        .items()
        .filter(|item| item.keyword() == "vote-digest")
        .map(|item| item.text().unwrap())
        .collect();
    let votes = network.documents().votes;
    for authority in &network.authorities {
        let bytes = network.vote(authority).encode();
        assert!(votes.contains(&bytes));
        check(Kind::Vote, &bytes);
        let vote = Vote::read(Document::new(&bytes));
        let vote = vote.verify(&authorities).expect("the vote is signed");
        let digest = vote.signed_part().unwrap().sha1();
        let digits: String = digest.iter().map(|byte| format!("{byte:02X}")).collect();
        assert!(named.contains(&digits.as_bytes()), "{digits}");
    }
}
