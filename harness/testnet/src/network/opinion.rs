//! What one authority says otherwise than all others.

use std::collections::BTreeMap;

use tor_harness_types::Fingerprint;

use super::chance::{happens, varied};
use super::settings::Network;
use super::status::StatusSettings;
use crate::authority::Authority;
use crate::relay::Relay;
use crate::seed::Seed;

/// What an authority says otherwise than [`Network`] has it; by default nothing,
/// and all votes are alike. The consensus is what dir-spec section 3.8 makes of all votes.
///
/// ```
/// use tor_harness_netdoc::{Consensus, Document, Flavor};
/// use tor_harness_testnet::{Network, RelayOpinion, Seed};
///
/// let mut network = Network::new(Seed::new(1), 3, 10, "2026-11-22 12:00:00".parse()?);
/// let relay = network.relays[0].fingerprint();
/// let unknown = RelayOpinion { is_unknown: true, ..RelayOpinion::default() };
/// let listed = |network: &Network| {
///     let consensus = network.consensus(Flavor::Microdesc).encode();
///     Consensus::read(Document::new(&consensus)).routers().count()
/// };
/// network.authorities[0].opinion.relays.insert(relay, unknown.clone());
/// assert_eq!(listed(&network), 13); // two of three know it
/// network.authorities[1].opinion.relays.insert(relay, unknown);
/// assert_eq!(listed(&network), 12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// What its vote is like, if not as [`Network::status`]: its times,
    /// methods, flags that it knows, thresholds, versions, protocols, parameters, random values.
    pub status: Option<StatusSettings>,
    /// Whether it measures no relays.
    pub has_no_bandwidth_file: bool,
    /// What it thinks of relays.
    pub relays: BTreeMap<Fingerprint, RelayOpinion>,
}

/// What an authority says of a relay otherwise than all others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelayOpinion {
    /// Whether it does not list it.
    pub is_unknown: bool,
    /// The flags that it gives it, in the order of their names.
    pub flags: Option<Vec<String>>,
    /// What it believes of the bandwidth that the relay says, in kilobytes a second; at most
    /// 10,000 by default.
    pub bandwidth: Option<u32>,
    /// The bandwidth that it has measured.
    pub measured: Option<u32>,
    /// Whether it has not measured it. The consensus says `Unmeasured=1` of what less than three
    /// have measured, or less than all where there are less than three.
    pub is_unmeasured: bool,
}

impl Authority {
    /// What it thinks of a relay, if something else than all others.
    pub(super) fn opinion_of(&self, relay: &Relay) -> Option<&RelayOpinion> {
        self.opinion.relays.get(&relay.fingerprint())
    }

    /// What it has measured of a relay.
    pub(super) fn measured(&self, relay: &Relay) -> Option<u32> {
        let opinion = self.opinion_of(relay);
        let is_unmeasured = opinion.is_some_and(|opinion| opinion.is_unmeasured);
        if self.opinion.has_no_bandwidth_file || is_unmeasured {
            return None;
        }
        let own = opinion.and_then(|opinion| opinion.measured);
        Some(own.unwrap_or_else(|| relay.weight()))
    }
}

impl Network {
    /// Gives each authority opinions of its own about the relays that there are now, out of the
    /// seed and the hour: of 1000 it does not know so many, has not measured so many, and gives so
    /// many one flag more or less. The others it measures, by so many parts of 1000 more or less than they are weighed by.
    ///
    /// ```
    /// use tor_harness_testnet::{Network, Seed};
    ///
    /// let mut network = Network::new(Seed::new(1), 3, 10, "2026-11-22 12:00:00".parse()?);
    /// network.disagree(50);
    /// let [vote, other] = [0, 1].map(|number| network.vote(&network.authorities[number]));
    /// let entries = |vote: &tor_harness_netdoc::Builder| {
    ///     let items = vote.items().filter(|item| item.keyword == "w");
    ///     items.map(|item| item.text.clone()).collect::<Vec<_>>()
    /// };
    /// assert_ne!(entries(&vote), entries(&other));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn disagree(&mut self, of_thousand: u32) {
        let hour = self.hour();
        let opinions = |authority: u64| {
            let relays = self.all_relays().into_iter();
            let about = relays.map(|relay| {
                let seed = relay.seed_of(hour).child("authority", authority);
                (relay.fingerprint(), opinion(relay, seed, of_thousand))
            });
            about.collect()
        };
        let all: Vec<_> = (0..self.authorities.len() as u64).map(opinions).collect();
        for (authority, relays) in self.authorities.iter_mut().zip(all) {
            authority.opinion.relays = relays;
        }
    }
}

/// What somebody may think of a relay.
fn opinion(relay: &Relay, seed: Seed, of_thousand: u32) -> RelayOpinion {
    let flags = happens(seed, "flags", of_thousand).then(|| {
        let mut other = relay.clone();
        let flag = ["Fast", "Guard", "HSDir", "Stable"][seed.below("flag", 4) as usize];
        other.set_flag(flag, !relay.flags.iter().any(|one| one == flag));
        other.flags
    });
    RelayOpinion {
        is_unknown: happens(seed, "unknown", of_thousand),
        flags,
        bandwidth: None,
        measured: Some(varied(relay.weight(), seed, of_thousand)),
        is_unmeasured: happens(seed, "unmeasured", of_thousand),
    }
}
