//! The network that all samples are of.

use std::sync::LazyLock;

use tor_harness_netdoc::TimePeriod;
use tor_harness_types::UtcSeconds;

use crate::bridge::Bridge;
use crate::network::Network;
use crate::onion::{OnionService, Publication};
use crate::seed::Seed;

/// 2026-11-22 12:00:00.
const NOW: i64 = 1_795_348_800;

pub(super) static NETWORK: LazyLock<Network> = LazyLock::new(|| {
    let now = UtcSeconds::from_unix(NOW).expect("years have four digits then");
    let mut network = Network::new(Seed::new(0), 1, 6, now);
    network.bridges.push(Bridge::new(Seed::new(0), 0, now));
    network.status.with_votes = true;
    network
});

/// The network that the documents of [`of`](super::of) are of: one authority, whose
/// certificate is [`key_certificate`](super::key_certificate), six relays, a bridge. Descriptors
/// are of the first relay, and the consensus counts from 2026-11-22 12:00:00 on.
#[must_use]
pub fn network() -> Network {
    NETWORK.clone()
}

/// An onion service with three of the relays as introduction points, with what it publishes.
pub(super) fn onion_service() -> (OnionService, Publication) {
    let mut service = OnionService::new(Seed::new(0), 0);
    service.introduction_points = NETWORK.relays[..3].to_vec();
    let time = NETWORK.status.valid_after;
    let period = TimePeriod::at(time, 1440, 3600).expect("there were periods before");
    let publication = Publication {
        period,
        revision: 1,
        time,
    };
    (service, publication)
}
