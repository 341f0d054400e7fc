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
    let mut relays = relays.filter(|relay| relay.bandwidth > 0 || is_connected(relay));
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

fn is_inside(relay: &Relay) -> bool {
    let is_inside = |address: SocketAddrV6| *address.ip() == Ipv6Addr::LOCALHOST;
    relay.address.is_loopback() && relay.ipv6.is_none_or(is_inside)
}

#[cfg(test)]
mod tests {
    use tor_harness_testnet::Seed;
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
}
