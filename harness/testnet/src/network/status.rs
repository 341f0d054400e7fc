//! What the votes and the consensus of a network are like.

use std::collections::BTreeMap;

use tor_harness_types::UtcSeconds;

use super::weights::BandwidthWeights;
use crate::relay::VERSION;
use crate::seed::Seed;
use crate::time::moved;

/// What the votes and the consensus of a network are like.
///
/// ```
/// use tor_harness_testnet::{BandwidthWeights, Network, Seed};
///
/// let mut network = Network::new(Seed::new(1), 3, 10, "2026-11-22 12:00:00".parse()?);
/// network.status.methods = vec![34, 35];
/// network.status.params.insert("circwindow".into(), 1000);
/// network.status.client_versions = vec!["0.4.8.16".into(), "0.4.9.11".into()];
/// network.status.protocols.insert("required-relay-protocols".into(), "Link=4-5".into());
/// network.status.flag_thresholds.insert("fast-speed".into(), "102400".into());
/// network.status.bandwidth_weights = BandwidthWeights::Computed;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusSettings {
    /// From when on the consensus counts.
    pub valid_after: UtcSeconds,
    /// When there is a newer one.
    pub fresh_until: UtcSeconds,
    /// Up to when it counts.
    pub valid_until: UtcSeconds,
    /// How long votes and signatures are collected, in seconds.
    pub voting_delay: [u32; 2],
    /// By which methods authorities can make a consensus. It says that it was made by the highest
    /// that more than two thirds of them know (dir-spec section 3.8.1). What it is like does not
    /// change with it: it is that of methods from 33 on, and where relays prove to be in families
    /// that of 35, since microdescriptors then have `family-ids`. So votes name one digest for all.
    pub methods: Vec<u32>,
    /// The versions of tor that clients should have, in order; none for no opinion.
    pub client_versions: Vec<String>,
    /// The same for relays.
    pub server_versions: Vec<String>,
    /// The flags that authorities have an opinion about, in the order of their names.
    pub known_flags: Vec<String>,
    /// From which values on authorities give flags: `stable-uptime`, `fast-speed` and others, which
    /// votes alone say. Nothing follows from them here.
    pub flag_thresholds: BTreeMap<String, String>,
    /// What tors should and have to speak, by the keywords of the lines:
    /// `recommended-client-protocols`, `recommended-relay-protocols`, `required-client-protocols`,
    /// `required-relay-protocols`.
    pub protocols: BTreeMap<String, String>,
    /// The parameters of the network.
    pub params: BTreeMap<String, i32>,
    /// The values by which onion services find their directories: the previous, the current one.
    pub shared_random: [[u8; 32]; 2],
    /// The weight of each position in a circuit.
    pub bandwidth_weights: BandwidthWeights,
    /// Whether the digests of votes that the consensus names are those of
    /// [`Network::vote`](super::Network::vote), for which each relay's descriptor has to be made.
    /// They are the seed's otherwise.
    pub with_votes: bool,
}

/// The keywords of the values by which onion services find their directories, in order.
pub(super) const SHARED_RANDOM: [&str; 2] =
    ["shared-rand-previous-value", "shared-rand-current-value"];

/// What tors have to speak, as authorities of tor 0.4.9 say it.
const PROTOCOLS: [(&str, &str); 4] = [
    (
        "recommended-client-protocols",
        "Cons=2 Desc=2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4 HSRend=2 Link=4-5 Microdesc=2 Relay=2-4",
    ),
    (
        "recommended-relay-protocols",
        "Cons=2 Desc=2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=2 Link=4-5 LinkAuth=3 Microdesc=2 Relay=2-4",
    ),
    (
        "required-client-protocols",
        "Cons=2 Desc=2 FlowCtrl=1 Link=4 Microdesc=2 Relay=2",
    ),
    (
        "required-relay-protocols",
        "Cons=2 Desc=2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=2 Link=4-5 LinkAuth=3 Microdesc=2 Relay=2-4",
    ),
];

impl StatusSettings {
    /// The flags that authorities know unless told otherwise, in order.
    pub const FLAGS: [&str; 12] = [
        "Authority",
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

    /// Those of a consensus that counts for three hours from a moment on.
    pub(super) fn new(seed: Seed, valid_after: UtcSeconds) -> Self {
        let protocols = PROTOCOLS.map(|(keyword, text)| (keyword.into(), text.into()));
        Self {
            valid_after,
            fresh_until: moved(valid_after, 3600),
            valid_until: moved(valid_after, 3 * 3600),
            voting_delay: [300, 300],
            methods: vec![35],
            client_versions: vec![VERSION.into()],
            server_versions: vec![VERSION.into()],
            known_flags: Self::FLAGS.map(String::from).into(),
            flag_thresholds: BTreeMap::new(),
            protocols: protocols.into(),
            params: BTreeMap::new(),
            shared_random: SHARED_RANDOM.map(|label| seed.bytes(label)),
            bandwidth_weights: BandwidthWeights::Same(10_000),
            with_votes: false,
        }
    }

    /// When votes for it are made.
    pub(super) fn published(&self) -> UtcSeconds {
        let [vote, dist] = self.voting_delay.map(i64::from);
        moved(self.valid_after, -(vote + dist))
    }
}
