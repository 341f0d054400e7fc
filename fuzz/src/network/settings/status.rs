//! What votes are like, and with them the consensus.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, btree_set};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tor_harness_testnet::{BandwidthWeights, Network, Seed, StatusSettings};
use tor_harness_types::UtcSeconds;

/// Without these no relay would be in a consensus, and of those that ways give a relay none is
/// unknown.
const KNOWN: [&str; 4] = ["Authority", "Fast", "Running", "Valid"];
const THRESHOLDS: [&str; 4] = [
    "enough-mtbf",
    "fast-speed",
    "guard-bw-inc-exits",
    "stable-uptime",
];
const PROTOCOL_LINES: [&str; 4] = [
    "recommended-client-protocols",
    "recommended-relay-protocols",
    "required-client-protocols",
    "required-relay-protocols",
];
const PROTOCOLS: [&str; 6] = ["Cons", "Desc", "FlowCtrl", "HSDir", "Link", "Relay"];

/// What a vote is like.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    fresh: i64,
    valid: i64,
    voting_delay: [u32; 2],
    methods: Vec<u32>,
    versions: [Vec<String>; 2],
    known_flags: Vec<String>,
    flag_thresholds: BTreeMap<String, String>,
    protocols: BTreeMap<String, String>,
    params: BTreeMap<String, i32>,
    bandwidth_weights: BandwidthWeights,
}

impl Settings {
    pub(super) fn give(self, status: &mut StatusSettings) {
        let later = |seconds: i64| {
            let time = status.valid_after.as_unix() + seconds;
            UtcSeconds::from_unix(time).unwrap_or(status.valid_after)
        };
        [status.fresh_until, status.valid_until] =
            [later(self.fresh), later(self.fresh + self.valid)];
        status.voting_delay = self.voting_delay;
        status.methods = self.methods;
        [status.client_versions, status.server_versions] = self.versions;
        status.known_flags = self.known_flags;
        status.flag_thresholds = self.flag_thresholds;
        status.protocols = self.protocols;
        status.params = self.params;
        status.bandwidth_weights = self.bandwidth_weights;
    }
}

pub(super) fn status() -> impl Strategy<Value = Settings> {
    let thresholds = THRESHOLDS.map(str::to_owned).to_vec();
    let lines = PROTOCOL_LINES.map(str::to_owned).to_vec();
    let agreed = (
        known_flags(),
        btree_map(select(thresholds), "[0-9]{1,9}", 0..4),
        btree_map(select(lines), protocols(), 0..5),
        btree_map("[a-z][a-zA-Z0-9_]{0,12}", any::<i32>(), 0..5),
    );
    let parts = (
        [60_i64..200_000, 60_i64..200_000],
        [20_u32..1000, 20_u32..1000],
        subsequence(vec![33_u32, 34, 35], 1..=3),
        [versions(), versions()],
        agreed,
        prop_oneof![
            (0_i32..=10_000).prop_map(BandwidthWeights::Same),
            Just(BandwidthWeights::Computed),
        ],
    );
    parts.prop_map(
        |([fresh, valid], voting_delay, methods, versions, agreed, bandwidth_weights)| {
            let (known_flags, flag_thresholds, protocols, params) = agreed;
            Settings {
                fresh,
                valid,
                voting_delay,
                methods,
                versions,
                known_flags,
                flag_thresholds,
                protocols,
                params,
                bandwidth_weights,
            }
        },
    )
}

/// Some of those that say nothing of what an authority is.
pub(super) fn some_flags() -> impl Strategy<Value = Vec<String>> {
    let mut all = flags();
    all.retain(|flag| flag != "Authority");
    let count = all.len();
    subsequence(all, 0..=count)
}

/// Those of networks that have nothing else to say, in order.
fn flags() -> Vec<String> {
    let time = UtcSeconds::from_unix(0).expect("a moment");
    Network::new(Seed::new(0), 0, 0, time).status.known_flags
}

fn known_flags() -> impl Strategy<Value = Vec<String>> {
    let others: Vec<_> = flags()
        .into_iter()
        .filter(|flag| !KNOWN.contains(&flag.as_str()))
        .collect();
    let count = others.len();
    subsequence(others, 0..=count).prop_map(|others| {
        let known = KNOWN.map(str::to_owned).into_iter().chain(others);
        known.collect::<BTreeSet<_>>().into_iter().collect()
    })
}

/// The oldest first.
fn versions() -> impl Strategy<Value = Vec<String>> {
    let version = (1_u8..6, 0_u8..20, 0_u8..20);
    btree_set(version, 0..4).prop_map(|all| {
        all.into_iter()
            .map(|(major, minor, patch)| format!("0.{major}.{minor}.{patch}"))
            .collect()
    })
}

fn protocols() -> impl Strategy<Value = String> {
    let range = (0_u32..30, 0_u32..30);
    btree_map(select(PROTOCOLS.to_vec()), range, 0..4).prop_map(|all| {
        let all = all.into_iter().map(|(name, (low, more))| match more {
            0 => format!("{name}={low}"),
            more => format!("{name}={low}-{}", low + more),
        });
        all.collect::<Vec<_>>().join(" ")
    })
}
