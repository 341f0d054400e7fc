//! Any number makes a relay or an authority.

use tor_harness_netdoc::{Document, KeyCertificate, ServerDescriptor};
use tor_harness_testnet::{Authority, Relay, Seed};

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
    }
}
