//! Any number makes a relay, an authority or a bridge.

use std::collections::HashSet;

use tor_harness_netdoc::{Document, KeyCertificate, ServerDescriptor};
use tor_harness_testnet::{Authority, Bridge, Network, Relay, Seed};

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
