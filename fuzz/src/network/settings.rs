//! Networks of any settings that are good.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddrV6};

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::subsequence;
use tor_harness_testnet::{BandwidthWeights, ExitPolicy, Network, Relay, Seed};
use tor_harness_types::UtcSeconds;

/// The flags that say nothing of what an authority is.
const FLAGS: [&str; 11] = [
    "BadExit",
    "Exit",
    "Fast",
    "Guard",
    "HSDir",
    "MiddleOnly",
    "NoEdConsensus",
    "Running",
    "Stable",
    "V2Dir",
    "Valid",
];

/// A network whose consensus begins to count then: some authorities, some relays, each of any
/// settings with which all its documents are good.
pub fn network(valid_after: UtcSeconds) -> BoxedStrategy<Network> {
    let parts = (
        any::<u64>(),
        // Of fewer each has to sign.
        3_u64..6,
        vec(relay(), 2..6),
        status(),
        any::<[bool; 5]>(),
    );
    parts
        .prop_map(move |(seed, authorities, relays, status, families)| {
            let count = relays.len() as u64;
            let mut network = Network::new(Seed::new(seed), authorities, count, valid_after);
            let fingerprints: Vec<_> = network.relays.iter().map(Relay::fingerprint).collect();
            let key = network.authorities[0].relay.keys().signing().clone();
            for (index, drawn) in relays.into_iter().enumerate() {
                let relay = &mut network.relays[index];
                drawn.give(relay);
                if families[index] {
                    relay.family = fingerprints.clone();
                    relay.family_keys = vec![key.clone()];
                }
            }
            status.give(&mut network);
            network
        })
        .boxed()
}

/// What a relay is like.
#[derive(Clone, Debug)]
struct Settings {
    address: u32,
    ports: [u16; 2],
    ipv6: Option<SocketAddrV6>,
    times: [u32; 2],
    version: String,
    bandwidth: u32,
    policies: [ExitPolicy; 2],
    flags: Vec<&'static str>,
    has_tap_key: bool,
    contact: Option<String>,
}

impl Settings {
    fn give(self, relay: &mut Relay) {
        relay.address = Ipv4Addr::from(self.address);
        [relay.or_port, relay.dir_port] = self.ports;
        relay.ipv6 = self.ipv6;
        let [age, uptime] = self.times.map(i64::from);
        let published = relay.published.as_unix() - age;
        relay.published = UtcSeconds::from_unix(published).unwrap_or(relay.published);
        relay.uptime = uptime.unsigned_abs();
        relay.version = self.version;
        relay.bandwidth = self.bandwidth;
        [relay.policy, relay.policy_v6] = self.policies;
        relay.flags = self.flags.into_iter().map(str::to_owned).collect();
        relay.has_tap_key = self.has_tap_key;
        relay.contact = self.contact;
    }
}

fn relay() -> impl Strategy<Value = Settings> {
    let place = (
        any::<u32>(),
        1_u16..,
        0_u16..,
        option::of((any::<u128>(), 1_u16..)),
    );
    let likes = (
        [0_u32..200_000, 0_u32..100_000_000],
        "0\\.[1-5]\\.[0-9]\\.[0-9]{1,2}(-alpha|-rc)?",
        bandwidth(),
        [policy(), policy()],
        subsequence(&FLAGS[..], 0..FLAGS.len()),
        any::<bool>(),
        option::of("[!-~][ -~]{0,40}[!-~]"),
    );
    (place, likes).prop_map(
        |(
            (address, or_port, dir_port, ipv6),
            (times, version, bandwidth, policies, flags, has_tap_key, contact),
        )| Settings {
            address,
            ports: [or_port, dir_port],
            ipv6: ipv6.map(|(ip, port)| SocketAddrV6::new(ip.into(), port, 0, 0)),
            times,
            version,
            bandwidth,
            policies,
            flags,
            has_tap_key,
            contact,
        },
    )
}

/// In kilobytes a second: as relays have it, and any.
fn bandwidth() -> impl Strategy<Value = u32> {
    prop_oneof![0..500_000_u32, any::<u32>()]
}

/// To ranges that do not touch, in order.
fn policy() -> impl Strategy<Value = ExitPolicy> {
    let ends = btree_set(1_u16..=u16::MAX, 0..8);
    ends.prop_map(|ends| {
        let ends: Vec<_> = ends.into_iter().collect();
        let pairs = ends.chunks_exact(2);
        ExitPolicy::ports(pairs.map(|pair| pair[0]..=pair[1]))
    })
}

/// What votes and consensus are like.
#[derive(Clone, Debug)]
struct Status {
    fresh: i64,
    valid: i64,
    voting_delay: [u32; 2],
    methods: Vec<u32>,
    params: BTreeMap<String, i32>,
    bandwidth_weights: BandwidthWeights,
}

impl Status {
    fn give(self, network: &mut Network) {
        let status = &mut network.status;
        let later = |seconds: i64| {
            let time = status.valid_after.as_unix() + seconds;
            UtcSeconds::from_unix(time).unwrap_or(status.valid_after)
        };
        [status.fresh_until, status.valid_until] =
            [later(self.fresh), later(self.fresh + self.valid)];
        status.voting_delay = self.voting_delay;
        status.methods = self.methods;
        status.params = self.params;
        status.bandwidth_weights = self.bandwidth_weights;
        status.with_votes = true;
    }
}

fn status() -> impl Strategy<Value = Status> {
    (
        60_i64..200_000,
        60_i64..200_000,
        [20_u32..1000, 20_u32..1000],
        subsequence(vec![33_u32, 34, 35], 1..=3),
        btree_map("[a-z][a-zA-Z0-9_]{0,12}", any::<i32>(), 0..5),
        prop_oneof![
            (0_i32..=10_000).prop_map(BandwidthWeights::Same),
            Just(BandwidthWeights::Computed),
        ],
    )
        .prop_map(
            |(fresh, valid, voting_delay, methods, params, bandwidth_weights)| Status {
                fresh,
                valid,
                voting_delay,
                methods,
                params,
                bandwidth_weights,
            },
        )
}
