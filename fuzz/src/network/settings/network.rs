//! Networks put together of what is drawn.

use proptest::array::uniform4;
use proptest::collection::vec;
use proptest::prelude::*;
use tor_harness_testnet::{Bridge, Churn, Network, Relay, Seed};
use tor_harness_types::UtcSeconds;

use super::opinion::{self, opinion};
use super::relay::{self, relay};
use super::status::{self, status};
use crate::network::Given;

const HOUR: i64 = 3600;

/// A network whose consensus begins to count then: some authorities, which need not think the
/// same, some relays, some bridges, each of any settings with which all its documents are good; as
/// it was made, or some hours later.
pub fn network(valid_after: UtcSeconds) -> BoxedStrategy<Network> {
    drawn()
        .prop_filter_map("fewer than two relays stay", move |drawn| {
            let network = drawn.network(valid_after);
            (network.relays.len() >= 2).then_some(network)
        })
        .boxed()
}

/// Such a network, with an onion service that is open to all, or to some clients.
pub fn given(valid_after: UtcSeconds) -> BoxedStrategy<Given> {
    let clients = prop_oneof![Just(0), 1_usize..20];
    (network(valid_after), clients)
        .prop_map(|(network, clients)| Given::new(network).with_clients(clients))
        .boxed()
}

#[derive(Clone, Debug)]
struct Drawn {
    seed: u64,
    hours: u8,
    churn: Churn,
    /// One of each authority.
    opinions: Vec<opinion::Settings>,
    relays: Vec<relay::Settings>,
    bridges: Vec<relay::Settings>,
    /// Which relays are in one family.
    families: [bool; 5],
    status: status::Settings,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let parts = (
        any::<u64>(),
        (prop_oneof![2 => Just(0_u8), 1 => 1_u8..4], churn()),
        // Of fewer authorities each has to sign.
        vec(opinion(), 3..6),
        vec(relay(), 2..6),
        vec(relay(), 0..3),
        any::<[bool; 5]>(),
        status(),
    );
    parts.prop_map(
        |(seed, (hours, churn), opinions, relays, bridges, families, status)| Drawn {
            seed,
            hours,
            churn,
            opinions,
            relays,
            bridges,
            families,
            status,
        },
    )
}

/// Of 1000 an hour.
fn churn() -> impl Strategy<Value = Churn> {
    (0_u32..200, [0_u32..500, 0_u32..1000], uniform4(0_u32..1000)).prop_map(
        |(leave, [come, new], [restart, address, flags, weight])| Churn {
            leave,
            come,
            new,
            restart,
            address,
            flags,
            weight,
        },
    )
}

impl Drawn {
    fn network(self, valid_after: UtcSeconds) -> Network {
        let seed = Seed::new(self.seed);
        let hours = u64::from(self.hours);
        let start = valid_after.as_unix() - i64::from(self.hours) * HOUR;
        let start = UtcSeconds::from_unix(start).unwrap_or(valid_after);
        let [authorities, relays] = [self.opinions.len(), self.relays.len()];
        let mut network = Network::new(seed, authorities as u64, relays as u64, start);
        network.churn = self.churn;
        let fingerprints: Vec<_> = network.relays.iter().map(Relay::fingerprint).collect();
        let key = network.authorities[0].relay.keys().signing().clone();
        let families = network.relays.iter_mut().zip(self.families);
        for ((relay, is_in_family), drawn) in families.zip(self.relays) {
            drawn.give(relay);
            if is_in_family {
                relay.family = fingerprints.clone();
                relay.family_keys = vec![key.clone()];
            }
        }
        for (drawn, number) in self.bridges.into_iter().zip(0..) {
            let mut bridge = Bridge::new(seed, number, start);
            drawn.give(&mut bridge.relay);
            network.bridges.push(bridge);
        }
        self.status.give(&mut network.status);
        network.status.with_votes = true;
        let mut network = network.after(hours);
        for (index, drawn) in self.opinions.into_iter().enumerate() {
            network.authorities[index].opinion = drawn.about(&network);
        }
        network
    }
}
