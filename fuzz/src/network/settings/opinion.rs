//! What an authority says otherwise than all others.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tor_harness_testnet::{Network, Opinion, Relay, RelayOpinion};

use super::relay::bandwidth;
use super::status::{self, some_flags, status};

/// What an authority says otherwise than all others.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    status: Option<status::Settings>,
    has_no_bandwidth_file: bool,
    /// Of the first relays; those of the authorities, without which there might be none in a
    /// consensus, are not among them.
    relays: Vec<Option<RelayOpinion>>,
}

impl Settings {
    pub(super) fn about(self, network: &Network) -> Opinion {
        let relays = network.relays.iter().map(Relay::fingerprint);
        let relays = relays.zip(self.relays);
        let own = |drawn: status::Settings| {
            let mut own = network.status.clone();
            drawn.give(&mut own);
            own
        };
        Opinion {
            status: self.status.map(own),
            has_no_bandwidth_file: self.has_no_bandwidth_file,
            relays: relays
                .filter_map(|(relay, opinion)| Some((relay, opinion?)))
                .collect(),
        }
    }
}

/// Often none.
pub(super) fn opinion() -> impl Strategy<Value = Settings> {
    let often_none = prop_oneof![2 => Just(Vec::new()), 1 => vec(option::of(of_relay()), 0..6)];
    (
        option::weighted(0.3, status()),
        prop::bool::weighted(0.2),
        often_none,
    )
        .prop_map(|(status, has_no_bandwidth_file, relays)| Settings {
            status,
            has_no_bandwidth_file,
            relays,
        })
}

fn of_relay() -> impl Strategy<Value = RelayOpinion> {
    let numbers = [option::of(bandwidth()), option::of(bandwidth())];
    (option::of(some_flags()), numbers, any::<[bool; 2]>()).prop_map(
        |(flags, [bandwidth, measured], [is_unknown, is_unmeasured])| RelayOpinion {
            is_unknown,
            flags,
            bandwidth,
            measured,
            is_unmeasured,
        },
    )
}
