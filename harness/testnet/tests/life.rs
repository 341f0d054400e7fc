//! What happens to a network in hours, and that its documents are right in each of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use tor_harness_netdoc::{
    Authorities, Consensus, ConsensusDiff, Document, Flavor, KeyCertificate, Kind,
    ServerDescriptor, sha256,
};
use tor_harness_testnet::{Bridge, Churn, Network, Relay, Seed};
use tor_harness_types::Fingerprint;

fn network(relays: u64) -> Network {
    let time = "2026-11-22 12:00:00".parse().unwrap();
    let mut network = Network::new(Seed::new(5), 3, relays, time);
    network.status.with_votes = true;
    network.bridges = vec![Bridge::new(Seed::new(5), 0, time)];
    network
}

fn by_name(network: &Network) -> BTreeMap<Fingerprint, &Relay> {
    let all = network.relays.iter();
    all.map(|relay| (relay.fingerprint(), relay)).collect()
}

#[test]
fn it_does_not_matter_how_one_gets_to_an_hour() {
    let network = network(40);
    let mut steps = network.after(7).after(0);
    (0..23).for_each(|_| steps.pass_hour());
    assert!(steps.documents() == network.after(30).documents());
    assert!(steps.documents() != network.after(31).documents());
}

/// As `tests/sums.rs` does of the first hour.
#[test]
fn the_same_seed_gives_the_same_hours() {
    let mut later = network(100).after(24);
    later.disagree(50);
    let sum = sha256(&later.consensus(Flavor::Ns).encode());
    let digits: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        digits,
        "52e73e1973c9579b695aceb6f9e824c5632b8588fe239446096eabd41e3eb839"
    );
}

#[test]
fn documents_are_right_in_all_hours() {
    let mut network = network(20);
    network.churn.leave = 100;
    network.churn.come = 100;
    network.churn.address = 50;
    // Its keys have to be certified anew.
    network.authorities[0].certified = "2025-12-01 00:00:00".parse().unwrap();
    network.authorities[0].expires = "2026-12-01 00:00:00".parse().unwrap();
    for hours in [1, 18, 40] {
        let network = network.after(hours);
        let all = network.documents();
        let check = |kind: Kind, documents: &[Vec<u8>]| {
            for bytes in documents {
                let problems = kind.check(&Document::new(bytes));
                assert_eq!(problems, [], "{kind} after {hours} hours");
            }
        };
        check(Kind::ServerDescriptor, &all.server_descriptors);
        check(Kind::ExtraInfo, &all.extra_infos);
        check(Kind::Vote, &all.votes);
        check(Kind::BridgeServerDescriptor, &all.bridge_server_descriptors);
        check(Kind::Consensus, std::slice::from_ref(&all.consensus));
        for bytes in &all.server_descriptors {
            let read = ServerDescriptor::read(Document::new(bytes));
            assert!(read.verify().is_ok());
        }
        let mut authorities =
            Authorities::new(network.authorities.iter().map(|one| one.identity()));
        for (authority, bytes) in network.authorities.iter().zip(&all.key_certificates) {
            let read = KeyCertificate::read(Document::new(bytes));
            authorities.add(&read.verify().unwrap());
            assert!(authority.certified < network.status.valid_after);
            assert!(authority.expires > network.status.valid_until);
        }
        let age =
            network.status.valid_after.as_unix() - network.bridges[0].relay.published.as_unix();
        assert!((900..19 * 3600).contains(&age), "{age} seconds");
        let read = Consensus::read(Document::new(&all.microdesc_consensus));
        let consensus = read.verify(&authorities).expect("all have signed it");
        assert_eq!(consensus.routers().count(), network.relays.len() + 3);
    }
}

#[test]
fn diffs_lead_from_one_hour_to_another() {
    let network = network(100);
    for flavor in [Flavor::Ns, Flavor::Microdesc] {
        let older = network.consensus(flavor).encode();
        for hours in [0, 1, 20] {
            let newer = network.after(hours);
            let diff = network.consensus_diff(flavor, &newer).unwrap();
            assert_eq!(Kind::ConsensusDiff.check(&Document::new(&diff)), []);
            let read = ConsensusDiff::read(Document::new(&diff));
            let found = read.apply(&older).unwrap();
            assert!(found == newer.consensus(flavor).encode(), "{hours} hours");
        }
    }
}

#[test]
fn relays_come_and_go_at_the_rates_that_are_set() {
    let mut network = network(300);
    let first: BTreeSet<_> = by_name(&network).into_keys().collect();
    let (mut left, mut came, mut back, mut seen) = (0, 0, 0, first);
    for _ in 0..50 {
        let later = network.after(1);
        let [before, after] = [&network, &later].map(|one| by_name(one));
        assert_eq!(
            after.len(),
            later.relays.len(),
            "two have the same fingerprint"
        );
        left += before
            .keys()
            .filter(|name| !after.contains_key(name))
            .count();
        for name in after.keys().filter(|name| !before.contains_key(name)) {
            came += 1;
            back += usize::from(!seen.insert(*name));
        }
        network = later;
    }
    // 20 of 1000 an hour; of those that come four of five were there before.
    assert!((230..370).contains(&left), "{left}");
    assert!((230..370).contains(&came), "{came}");
    assert!(
        (7 * came / 10..9 * came / 10).contains(&back),
        "{back} of {came}"
    );
    assert!((230..370).contains(&network.relays.len()));
}

#[test]
fn descriptors_change_when_they_are_published() {
    let mut network = network(30);
    let state = |relay: &Relay| {
        let started = relay.published.as_unix() - relay.uptime as i64;
        (relay.published, started, relay.server_descriptor_digest())
    };
    let mut before = BTreeMap::new();
    let [mut published, mut restarted] = [0, 0];
    for _ in 0..40 {
        network.pass_hour();
        let now = network.status.valid_after.as_unix();
        let after: BTreeMap<_, _> = by_name(&network)
            .into_iter()
            .map(|(name, relay)| (name, state(relay)))
            .collect();
        for (name, after) in &after {
            let age = now - after.0.as_unix();
            assert!((900..19 * 3600).contains(&age), "{age} seconds");
            if let Some(before) = before.get(name) {
                let (old_time, old_start, old_digest) = before;
                assert_eq!(after.2 == *old_digest, after.0 == *old_time);
                published += usize::from(after.0 != *old_time);
                restarted += usize::from(after.1 != *old_start);
            }
        }
        before = after;
    }
    // 40 hours are two times 18, and each relay starts again once in 200 hours.
    assert!((30..120).contains(&published), "{published}");
    assert!((1..20).contains(&restarted), "{restarted}");
}

#[test]
fn shared_random_values_move_on_at_midnight() {
    let mut network = network(0);
    let mut hours = Vec::new();
    for _ in 0..48 {
        let before = network.status.shared_random;
        network.pass_hour();
        let after = network.status.shared_random;
        if before != after {
            assert_eq!(after[0], before[1]);
            hours.push(network.status.valid_after.to_string());
        }
    }
    assert_eq!(hours, ["2026-11-23 00:00:00", "2026-11-24 00:00:00"]);
}

#[test]
fn nobody_has_the_keys_of_another() {
    let time = "2026-11-22 12:00:00".parse().unwrap();
    let network = |relays, bridges: &[u64]| {
        let bridges = bridges.iter();
        let bridges = bridges.map(|number| Bridge::new(Seed::new(5), *number, time));
        let mut network = Network::new(Seed::new(5), 1, relays, time);
        network.bridges = bridges.collect();
        network.churn = Churn {
            leave: 20,
            come: 20,
            new: 500,
            ..Churn::none()
        };
        network
    };
    for (mut network, hours) in [
        // All 154 keys that are left are used in two hours.
        (network(10_300, &[]), 6),
        // Bridges with the numbers 40, 42, 43 of relays.
        (network(40, &[10_114, 10_112, 10_111]), 30),
    ] {
        for hour in 0..hours {
            network.pass_hour();
            let bridges = network.bridges.iter().map(|bridge| &bridge.relay);
            let all: Vec<_> = network.all_relays().into_iter().chain(bridges).collect();
            let keys: HashSet<_> = all.iter().map(|relay| relay.fingerprint()).collect();
            assert_eq!(keys.len(), all.len(), "in hour {hour}");
        }
    }
}

#[test]
fn nothing_is_published_after_the_votes() {
    let network = network(500);
    let bridges = network.bridges.iter().map(|bridge| &bridge.relay);
    let voted = network.status.valid_after.as_unix() - 600;
    for relay in network.all_relays().into_iter().chain(bridges) {
        assert!(relay.published.as_unix() <= voted, "{}", relay.nickname);
    }
}
