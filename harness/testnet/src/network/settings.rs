//! What a network is like.

use tor_harness_types::UtcSeconds;

use super::churn::Churn;
use super::status::StatusSettings;
use crate::authority::Authority;
use crate::bridge::Bridge;
use crate::parallel;
use crate::relay::Relay;
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
    /// What changes in an hour: see [`Network::after`].
    pub churn: Churn,
    /// The relays that have gone and can come back, those that went last at the end.
    pub(super) away: Vec<Relay>,
    /// The number of the next new relay.
    pub(super) next: u64,
}

impl Network {
    /// A network with so many authorities and relays, whose consensus counts for three hours from
    /// a moment on.
    #[must_use]
    pub fn new(seed: Seed, authorities: u64, relays: u64, valid_after: UtcSeconds) -> Self {
        let numbers: Vec<_> = (0..relays).collect();
        let authority = |number| Authority::new(seed, number, valid_after);
        Self {
            seed,
            authorities: (0..authorities).map(authority).collect(),
            relays: parallel::map(&numbers, |number| Relay::new(seed, *number, valid_after)),
            bridges: Vec::new(),
            status: StatusSettings::new(seed, valid_after),
            churn: Churn::default(),
            away: Vec::new(),
            next: relays,
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
