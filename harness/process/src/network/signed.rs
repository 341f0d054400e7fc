//! A network whose directory authority is the harness: nothing votes, nothing is fetched.

use std::net::SocketAddr;

use tor_harness_testnet::{Authority, Documents, File, Network, Relay, Seed};
use tor_harness_types::{Fingerprint, UtcSeconds};

use super::address::NODES;
use super::identity::Identity;
use super::layout::Place;
use super::server::DirectoryServer;
use super::times::{ConsensusTimes, later};
use crate::error::Error;

/// What a signed network is like, its nodes apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) imaginary: u64,
    pub(super) times: ConsensusTimes,
    pub(super) expires: Option<i64>,
    pub(super) params: Vec<(String, i32)>,
}

/// What all nodes of a network are told of it.
#[derive(Debug)]
pub(super) struct Directory {
    /// What clients know: all relays, imaginary ones included when they are made.
    network: Network,
    /// What relays fetch.
    server: DirectoryServer,
    /// The line by which relays trust the harness, the one of all others.
    authorities: [String; 2],
    relay_files: Vec<File>,
    client_files: Vec<File>,
}

/// What its nodes know, while they run.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) network: Network,
    pub(super) server: DirectoryServer,
}

/// What every node is told: there is no fresher consensus, and nobody to give descriptors to.
const ALL: &str = "\
PublishServerDescriptor 0
PathsNeededToBuildCircuits 0.25
";

/// What relays are told: to ask for a newer consensus early, as they do by themselves, but not yet
/// when they read the first.
const LISTED: &str = "FetchDirInfoEarly 1\n";
/// What they and bridges are told: to keep no circuits of their own at hand, which would take time
/// when all nodes start.
const RELAY: &str = "__DisablePredictedCircuits 1\n";

impl Directory {
    /// Signs the consensus of these nodes.
    ///
    /// # Errors
    /// If there is no port for what they fetch.
    pub(super) fn new(
        settings: &Settings,
        places: &[Place],
        seed: Seed,
        now: UtcSeconds,
    ) -> Result<Self, Error> {
        let mut relays = places.iter().filter_map(|place| match &place.identity {
            Identity::Relay(relay) => Some((**relay).clone()),
            _ => None,
        });
        let mut network = Network::new(seed, 0, 0, now);
        let mut authority = Authority::new(seed, 0, now);
        if let Some(seconds) = settings.expires {
            authority.expires = later(now, seconds);
        }
        let of_nobody = authority.relay.fingerprint();
        // Clients ask an authority at its ORPort: one of the relays is there.
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

        let all = Documents {
            extra_infos: Vec::new(),
            ..network.documents()
        };
        let server = DirectoryServer::start(&all)?;
        let authority = &network.authorities[0];
        Ok(Self {
            authorities: [
                of_harness(authority, server.address(), of_nobody),
                dir_authority(authority),
            ],
            server,
            relay_files: relay_files(&network, &all),
            client_files: Vec::new(),
            network,
        })
    }

    /// Makes what clients know, with so many imaginary relays.
    pub(super) fn imagine(&mut self, count: u64, seed: Seed, now: UtcSeconds) {
        self.network.relays.extend(imaginary(seed, count, now));
        self.client_files = under_data(self.network.client_files());
    }

    /// What of it is needed while the network runs.
    pub(super) fn served(self) -> Served {
        Served {
            network: self.network,
            server: self.server,
        }
    }

    /// The lines of a node's torrc.
    pub(super) fn lines(&self, place: &Place) -> String {
        let [of_relays, of_others] = &self.authorities;
        match place.role() {
            role if role.is_listed() => format!("{of_relays}{ALL}{LISTED}{RELAY}"),
            role if role.relays() => format!("{of_others}{ALL}{RELAY}"),
            _ => format!("{of_others}{ALL}"),
        }
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

/// The line by which relays trust the harness, which has a port for them. There they ask for all that
/// is not in their folders, so it is of a relay that none of them is.
fn of_harness(authority: &Authority, address: SocketAddr, of_nobody: Fingerprint) -> String {
    let identity = authority.identity();
    format!("DirAuthority harness no-v2 v3ident={identity} {address} {of_nobody}\n")
}

/// The line by which others trust it: one of the relays is at the authority's address. Nobody listens
/// at the port for directories, as no client asks there.
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
fn relay_files(network: &Network, all: &Documents) -> Vec<File> {
    let mut files = network.relay_files(all);
    files.retain(|file| !file.bytes.is_empty());
    under_data(files)
}

fn under_data(files: Vec<File>) -> Vec<File> {
    files.into_iter().map(|file| file.under("data")).collect()
}

/// Relays that nobody runs. No client takes one of them: they weigh nothing, and have no flag by
/// which a client would choose without weighing.
fn imaginary(seed: Seed, count: u64, now: UtcSeconds) -> Vec<Relay> {
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
