//! Any number makes a relay, an authority or a bridge.

mod check;

use std::collections::HashSet;

use tor_harness_netdoc::{Document, KeyCertificate, Kind, ServerDescriptor};
use tor_harness_testnet::{Authority, Bridge, Network, Relay, Seed};

use check::check;

#[test]
fn every_number_is_one() {
    let now = "2026-11-22 12:00:00".parse().unwrap();
    // Authorities count down from 10,454.
    for number in [0, 10_454, 10_455, u64::MAX / 2, u64::MAX] {
        let relay = Relay::new(Seed::new(1), number, now);
        let bytes = relay.server_descriptor().encode();
        let read = ServerDescriptor::read(Document::new(&bytes));
        assert!(read.verify().is_ok(), "relay {number}");
        let bytes = Authority::new(Seed::new(1), number, now)
            .key_certificate()
            .encode();
        let read = KeyCertificate::read(Document::new(&bytes));
        assert!(read.verify().is_ok(), "authority {number}");
        let bytes = Bridge::new(Seed::new(1), number, now)
            .server_descriptor()
            .encode();
        let read = ServerDescriptor::read(Document::new(&bytes));
        assert!(read.verify().is_ok(), "bridge {number}");
    }
}

#[test]
fn any_bandwidth_is_one_that_tor_knows() {
    let now = "2026-11-22 12:00:00".parse().unwrap();
    let mut relay = Relay::new(Seed::new(1), 0, now);
    for (bandwidth, line) in [
        (0, "1 1 0"),
        (1, "2000 4000 1000"),
        (536_871, "1073742000 2147483647 536871000"),
        (u32::MAX, "2147483647 2147483647 2147483647"),
    ] {
        relay.bandwidth = bandwidth;
        let bytes = relay.server_descriptor().encode();
        check(Kind::ServerDescriptor, &bytes);
        check(Kind::ExtraInfo, &relay.extra_info().encode());
        let item = Document::new(&bytes).item("bandwidth").unwrap();
        let text = String::from_utf8_lossy(item.text().unwrap());
        assert_eq!(text, line, "{bandwidth}");
    }
}

#[test]
fn no_two_are_the_same() {
    let now = "2026-11-22 12:00:00".parse().unwrap();
    let network = Network::new(Seed::new(1), 300, 8000, now);
    let bridges = (0..2000).map(|number| Bridge::new(Seed::new(1), number, now).relay);
    let relays = network.all_relays().into_iter().cloned();
    let all: Vec<_> = relays.chain(bridges).collect();
    let names: HashSet<_> = all.iter().map(Relay::fingerprint).collect();
    let addresses: HashSet<_> = all.iter().map(|relay| relay.address).collect();
    assert_eq!((names.len(), addresses.len()), (10_300, 10_300));
}
