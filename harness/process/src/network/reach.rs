//! Whom clients of a consensus would connect to.

use std::net::{Ipv6Addr, SocketAddrV6};

use tor_harness_testnet::{Network, Relay};

use super::check::SpecError;
use crate::error::Error;

/// Flags for which a client connects to a relay.
const CONNECTED: [&str; 3] = ["Guard", "HSDir", "V2Dir"];

/// Refuses a network that would have a client leave loopback: an authority that is elsewhere, or a
/// relay that is elsewhere and more than a name in the consensus.
pub(super) fn check(network: &Network) -> Result<(), Error> {
    let mut authorities = network.authorities.iter().map(|one| &one.relay);
    let relays = network.relays.iter();
    let is_more =
        |relay: &&Relay| relay.weight() > 0 || is_connected(relay) || is_raised(network, relay);
    let mut relays = relays.filter(is_more);
    let outside = authorities
        .find(|relay| !is_inside(relay))
        .or_else(|| relays.find(|relay| !is_inside(relay)));
    match outside {
        Some(relay) => Err(SpecError::RelayOutside(relay.nickname.to_string()).into()),
        None => Ok(()),
    }
}

fn is_connected(relay: &Relay) -> bool {
    let mut flags = relay.flags.iter();
    relay.ipv6.is_some() || flags.any(|flag| CONNECTED.contains(&flag.as_ref()))
}

/// Whether an authority could have the consensus say more of it: that goes by their opinions.
fn is_raised(network: &Network, relay: &Relay) -> bool {
    let fingerprint = relay.fingerprint();
    let all = network.authorities.iter();
    let mut opinions = all.filter_map(|one| one.opinion.relays.get(&fingerprint));
    let has_weight = |weight: Option<u32>| weight.is_some_and(|weight| weight > 0);
    opinions.any(|opinion| {
        opinion.flags.is_some() || has_weight(opinion.bandwidth) || has_weight(opinion.measured)
    })
}

fn is_inside(relay: &Relay) -> bool {
    let is_inside = |address: SocketAddrV6| *address.ip() == Ipv6Addr::LOCALHOST;
    relay.address.is_loopback() && relay.ipv6.is_none_or(is_inside)
}

#[cfg(test)]
mod tests {
    use tor_harness_testnet::{RelayOpinion, Seed};
    use tor_harness_types::UtcSeconds;

    use super::*;

    #[test]
    fn relays_elsewhere_are_names_alone() {
        let now = UtcSeconds::from_unix(1_700_000_000).unwrap();
        let address = "[2001:db8::1]:1".parse().ok();
        for (flag, bandwidth, ipv6, is_refused) in [
            ("Fast", 0, None, false),
            ("Exit", 0, None, false),
            ("Fast", 1, None, true),
            ("Guard", 0, None, true),
            ("HSDir", 0, None, true),
            ("V2Dir", 0, None, true),
            ("Fast", 0, address, true),
        ] {
            let mut network = Network::new(Seed::new(1), 1, 1, now);
            network.authorities[0].relay.address = [127, 0, 0, 1].into();
            network.authorities[0].relay.ipv6 = None;
            let relay = &mut network.relays[0];
            relay.nickname = "r".parse().unwrap();
            relay.bandwidth = bandwidth;
            relay.ipv6 = ipv6;
            CONNECTED
                .iter()
                .for_each(|flag| relay.set_flag(flag, false));
            relay.set_flag(flag, true);
            assert_eq!(check(&network).is_err(), is_refused, "{flag}");
            network.relays[0].address = [127, 0, 0, 2].into();
            network.relays[0].ipv6 = None;
            assert!(check(&network).is_ok());
            network.authorities[0].relay.address = [192, 0, 2, 1].into();
            assert!(check(&network).is_err());
        }
    }

    /// What the consensus says is the authorities' opinion, where they have one.
    #[test]
    fn the_weight_and_the_opinions_count() {
        let now = UtcSeconds::from_unix(1_700_000_000).unwrap();
        let mut good = Network::new(Seed::new(1), 1, 1, now);
        good.authorities[0].relay.address = [127, 0, 0, 1].into();
        let relay = &mut good.relays[0];
        relay.bandwidth = 0;
        relay.flags.clear();
        let fingerprint = relay.fingerprint();
        assert!(check(&good).is_ok());

        let mut weighed = good.clone();
        weighed.relays[0].weight = Some(1);
        assert!(check(&weighed).is_err());
        let opinions = [
            RelayOpinion {
                flags: Some(vec!["Guard".into()]),
                ..RelayOpinion::default()
            },
            RelayOpinion {
                bandwidth: Some(1),
                ..RelayOpinion::default()
            },
            RelayOpinion {
                measured: Some(1),
                ..RelayOpinion::default()
            },
        ];
        for opinion in opinions {
            let mut network = good.clone();
            let relays = &mut network.authorities[0].opinion.relays;
            relays.insert(fingerprint, opinion.clone());
            assert!(check(&network).is_err(), "{opinion:?}");
        }
    }
}
