//! What one authority says otherwise than all others.

use std::collections::BTreeMap;

use tor_harness_types::Fingerprint;

use super::status::StatusSettings;

/// What an authority says otherwise than [`Network`](super::Network) has it; by default nothing,
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
    /// What its vote is like, if not as [`Network::status`](super::Network::status): its times,
    /// methods, flags that it knows, thresholds, versions, protocols, parameters, random values.
    pub status: Option<StatusSettings>,
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
    /// What it takes its bandwidth for, in kilobytes a second.
    pub bandwidth: Option<u32>,
    /// The bandwidth that it has measured. As soon as some authority measures, the consensus says
    /// `Unmeasured=1` of all relays that less than three have measured.
    pub measured: Option<u32>,
}
