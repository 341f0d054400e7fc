//! What a relay is like.

use std::net::{Ipv4Addr, SocketAddrV6};

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use tor_harness_testnet::{ExitPolicy, Relay};
use tor_harness_types::UtcSeconds;

use super::status::some_flags;

/// What a relay is like.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    address: u32,
    ports: [u16; 2],
    ipv6: Option<SocketAddrV6>,
    times: [u32; 2],
    version: String,
    bandwidth: u32,
    weight: Option<u32>,
    policies: [ExitPolicy; 2],
    flags: Vec<String>,
    has_tap_key: bool,
    contact: Option<String>,
}

impl Settings {
    pub(super) fn give(self, relay: &mut Relay) {
        relay.address = Ipv4Addr::from(self.address);
        [relay.or_port, relay.dir_port] = self.ports;
        relay.ipv6 = self.ipv6;
        let [age, uptime] = self.times.map(i64::from);
        let published = relay.published.as_unix() - age;
        relay.published = UtcSeconds::from_unix(published).unwrap_or(relay.published);
        relay.uptime = uptime.unsigned_abs();
        // Each that is so old has one.
        relay.has_tap_key = self.has_tap_key || self.version.as_str() < "0.3";
        relay.version = self.version;
        relay.bandwidth = self.bandwidth;
        relay.weight = self.weight;
        [relay.policy, relay.policy_v6] = self.policies;
        relay.flags = self.flags;
        relay.contact = self.contact;
    }
}

pub(super) fn relay() -> impl Strategy<Value = Settings> {
    let place = (
        any::<u32>(),
        1_u16..,
        0_u16..,
        option::of((any::<u128>(), 1_u16..)),
    );
    let likes = (
        [0_u32..200_000, 0_u32..100_000_000],
        "0\\.[1-5]\\.[0-9]\\.[0-9]{1,2}(-alpha|-rc)?",
        (bandwidth(), option::of(bandwidth())),
        [policy(), policy()],
        some_flags(),
        any::<bool>(),
        option::of("[!-~][ -~]{0,40}[!-~]"),
    );
    (place, likes).prop_map(
        |(
            (address, or_port, dir_port, ipv6),
            (times, version, (bandwidth, weight), policies, flags, has_tap_key, contact),
        )| Settings {
            address,
            ports: [or_port, dir_port],
            ipv6: ipv6.map(|(ip, port)| SocketAddrV6::new(ip.into(), port, 0, 0)),
            times,
            version,
            bandwidth,
            weight,
            policies,
            flags,
            has_tap_key,
            contact,
        },
    )
}

/// In kilobytes a second: as relays have it, and any.
pub(super) fn bandwidth() -> impl Strategy<Value = u32> {
    prop_oneof![0..500_000_u32, any::<u32>()]
}

/// To any ranges of ports, which may touch; otherwise to some addresses.
fn policy() -> impl Strategy<Value = ExitPolicy> {
    let ends = btree_set(1_u16..=u16::MAX, 0..8);
    let address = (any::<bool>(), any::<u32>(), 8_u8..=32, option::of(1_u16..));
    (ends, vec(address, 0..3)).prop_map(|(ends, addresses)| {
        let ends: Vec<_> = ends.into_iter().collect();
        let pairs = ends.chunks_exact(2);
        let policy = ExitPolicy::ports(pairs.map(|pair| pair[0]..=pair[1]));
        addresses
            .into_iter()
            .fold(policy, |policy, (accepts, address, bits, port)| {
                let port = port.map_or_else(|| "*".to_owned(), |port| port.to_string());
                let address = format!("{}/{bits}:{port}", Ipv4Addr::from(address));
                match accepts {
                    true => policy.accepting(&address),
                    false => policy.rejecting(&address),
                }
            })
    })
}
