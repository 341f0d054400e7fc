//! A network whose directory authority is the harness: nothing votes, nothing is fetched.

use tor_harness_testnet::{Authority, Documents, File, Network, Seed};
use tor_harness_types::UtcSeconds;

use super::address::NODES;
use super::identity::Identity;
use super::layout::Place;
use super::times::ConsensusTimes;

/// What a signed network is like, its nodes apart.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) imaginary: u64,
    pub(super) times: ConsensusTimes,
    pub(super) params: Vec<(String, i32)>,
}

/// What all nodes of a network are told of it.
#[derive(Debug)]
pub(super) struct Directory {
    /// What clients know: all relays, imaginary ones included when they are made.
    pub(super) network: Network,
    authority: String,
    relay_files: Vec<File>,
    client_files: Vec<File>,
}

/// What every node is told: there is no fresher consensus, and nobody to give descriptors to.
const ALL: &str = "\
PublishServerDescriptor 0
PathsNeededToBuildCircuits 0.25
";

/// What relays are told: to keep no circuits of their own at hand, which would take time when all
/// nodes start.
const RELAY: &str = "__DisablePredictedCircuits 1\n";

impl Directory {
    /// Signs the consensus of these nodes.
    pub(super) fn new(settings: &Settings, places: &[Place], seed: Seed, now: UtcSeconds) -> Self {
        let mut relays = places.iter().filter_map(|place| match &place.identity {
            Identity::Relay(relay) => Some((**relay).clone()),
            _ => None,
        });
        let mut network = Network::new(seed, 0, 0, now);
        // Who has no consensus asks at the authority's address for one: one of the relays is there.
        let mut authority = Authority::new(seed, 0, now);
        if let Some(relay) = relays.next() {
            authority.relay = relay;
        }
        network.authorities = vec![authority];
        network.relays = relays.collect();
        settings.times.set(&mut network.status, now);
        network
            .status
            .params
            .extend(settings.params.iter().cloned());

        Self {
            authority: network.authorities.iter().map(dir_authority).collect(),
            relay_files: relay_files(&network),
            client_files: Vec::new(),
            network,
        }
    }

    /// Makes what clients know, with so many imaginary relays.
    pub(super) fn imagine(&mut self, count: u64, seed: Seed, now: UtcSeconds) {
        self.network.relays.extend(imaginary(seed, count, now));
        self.client_files = under_data(self.network.client_files());
    }

    /// The lines of a node's torrc.
    pub(super) fn lines(&self, place: &Place) -> String {
        let of_role = match place.role().relays() {
            true => RELAY,
            false => "",
        };
        format!("{}{ALL}{of_role}", self.authority)
    }

    /// What a node finds in its folder. Relays know the real relays alone: more would take them
    /// time.
    pub(super) fn files(&self, place: &Place) -> Vec<File> {
        match place.role().relays() {
            true => self.relay_files.clone(),
            false => self.client_files.clone(),
        }
    }
}

/// The line by which nodes trust the harness. Nobody listens at its port for directories, as no
/// node asks there.
pub(super) fn dir_authority(authority: &Authority) -> String {
    let relay = &authority.relay;
    format!(
        "DirAuthority harness orport={} no-v2 v3ident={} {}:9 {}\n",
        relay.or_port,
        authority.identity(),
        relay.address,
        relay.fingerprint()
    )
}

/// Relays serve the consensus in both flavors, and would ask each other for one that they have not.
fn relay_files(network: &Network) -> Vec<File> {
    let all = Documents {
        extra_infos: Vec::new(),
        ..network.documents()
    };
    let mut files = network.relay_files(&all);
    files.retain(|file| !file.bytes.is_empty());
    under_data(files)
}

fn under_data(files: Vec<File>) -> Vec<File> {
    files.into_iter().map(|file| file.under("data")).collect()
}

/// Relays that nobody runs. No client takes one of them: they weigh nothing, and have no flag by
/// which a client would choose without weighing.
fn imaginary(seed: Seed, count: u64, now: UtcSeconds) -> Vec<tor_harness_testnet::Relay> {
    if count == 0 {
        return Vec::new();
    }
    // The first numbers are those of the nodes.
    let mut relays = Network::new(seed, 0, NODES as u64 + count, now).relays;
    relays.drain(..NODES);
    for (relay, number) in relays.iter_mut().zip(0..) {
        if let Ok(nickname) = format!("imaginary{number}").parse() {
            relay.nickname = nickname;
        }
        relay.bandwidth = 0;
        // Nobody asks for one, and to make so many takes time.
        relay.has_tap_key = false;
        for flag in ["Guard", "HSDir", "V2Dir"] {
            relay.set_flag(flag, false);
        }
    }
    relays
}
