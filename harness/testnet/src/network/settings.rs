//! What a network is like.

use std::collections::BTreeMap;

use tor_harness_types::UtcSeconds;

use crate::authority::Authority;
use crate::bridge::Bridge;
use crate::parallel;
use crate::relay::{Relay, moved};
use crate::seed::Seed;

/// A network out of a seed: authorities and relays, which can be changed, and what its consensus
/// is like. Its documents are made of what they are then, and agree with each other.
///
/// ```
/// use tor_harness_netdoc::{Consensus, Document, Flavor};
/// use tor_harness_testnet::{Network, Seed};
///
/// let mut network = Network::new(Seed::new(1), 3, 10, "2026-11-22 12:00:00".parse()?);
/// network.relays[4].set_flag("Guard", false);
/// network.status.params.insert("circwindow".into(), 1000);
/// let bytes = network.consensus(Flavor::Microdesc).encode();
/// let read = Consensus::read(Document::new(&bytes));
/// assert_eq!(read.routers().count(), 13);
///
/// // One entry that is wrong, and signed.
/// let wrong = network.consensus(Flavor::Microdesc).part("r", 2, |entry| entry.set("w", "Bandwidth=-1"));
/// assert_ne!(wrong.encode(), bytes);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Network {
    pub(super) seed: Seed,
    /// The authorities.
    pub authorities: Vec<Authority>,
    /// The relays, the authorities apart.
    pub relays: Vec<Relay>,
    /// The bridges, of which there are none at first.
    pub bridges: Vec<Bridge>,
    /// What votes and consensus are like.
    pub status: StatusSettings,
}

/// What the votes and the consensus of a network are like.
#[derive(Clone, Debug)]
pub struct StatusSettings {
    /// From when on the consensus counts.
    pub valid_after: UtcSeconds,
    /// When there is a newer one.
    pub fresh_until: UtcSeconds,
    /// Up to when it counts.
    pub valid_until: UtcSeconds,
    /// How long votes and signatures are collected, in seconds.
    pub voting_delay: [u32; 2],
    /// How the consensus was made.
    pub method: u32,
    /// The parameters of the network.
    pub params: BTreeMap<String, i32>,
    /// The weight of each position in a circuit. In a small network all are 10000: with the usual
    /// ones relays that are guard and exit are weighed by 0 in the middle, and where all weights
    /// are 0 tor chooses as if they were the same.
    pub bandwidth_weights: i32,
    /// Whether the digests of votes that the consensus names are those of [`Network::vote`], for
    /// which each relay's descriptor has to be made. They are the seed's otherwise.
    pub with_votes: bool,
}

impl Network {
    /// A network with so many authorities and relays, whose consensus counts for three hours from
    /// a moment on.
    #[must_use]
    pub fn new(seed: Seed, authorities: u64, relays: u64, valid_after: UtcSeconds) -> Self {
        let status = StatusSettings {
            valid_after,
            fresh_until: moved(valid_after, 3600),
            valid_until: moved(valid_after, 3 * 3600),
            voting_delay: [300, 300],
            method: 35,
            params: BTreeMap::new(),
            bandwidth_weights: 10_000,
            with_votes: false,
        };
        let numbers: Vec<_> = (0..relays).collect();
        let authority = |number| Authority::new(seed, number, valid_after);
        Self {
            seed,
            authorities: (0..authorities).map(authority).collect(),
            relays: parallel::map(&numbers, |number| Relay::new(seed, *number, valid_after)),
            bridges: Vec::new(),
            status,
        }
    }

    /// All relays, those of the authorities included, in the order of their fingerprints.
    #[must_use]
    pub fn all_relays(&self) -> Vec<&Relay> {
        let authorities = self.authorities.iter().map(|authority| &authority.relay);
        let mut all: Vec<_> = authorities.chain(&self.relays).collect();
        all.sort_by_key(|relay| relay.fingerprint());
        all
    }

    /// The authorities in the order of their identities.
    pub(super) fn by_identity(&self) -> Vec<&Authority> {
        let mut all: Vec<_> = self.authorities.iter().collect();
        all.sort_by_key(|authority| authority.identity());
        all
    }
}
