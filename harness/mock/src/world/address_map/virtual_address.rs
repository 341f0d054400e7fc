//! Virtual addresses: those that tor makes up for others.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use data_encoding::BASE32_NOPAD;

use super::map::AddressMap;
use crate::world::config::Config;
use crate::world::random::Random;

/// How often an address is looked for that is not mapped yet.
const MOST_TRIES: usize = 1000;

/// What a virtual address looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::world) enum VirtualKind {
    Ipv4,
    Ipv6,
    /// A name that ends in `.virtual`.
    Name,
}

impl VirtualKind {
    /// The kind that MAPADDRESS asks for with this address.
    pub(super) fn of(address: &str) -> Option<Self> {
        match address {
            "0.0.0.0" => Some(Self::Ipv4),
            "::" => Some(Self::Ipv6),
            "." => Some(Self::Name),
            _ => None,
        }
    }

    /// The kind of an address that was made up.
    pub(super) fn looks_like(address: &str) -> Self {
        match address {
            _ if address.ends_with(".virtual") => Self::Name,
            _ if address.starts_with('[') => Self::Ipv6,
            _ => Self::Ipv4,
        }
    }
}

/// The networks that virtual addresses come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::world) struct Network {
    ipv4: (Ipv4Addr, u32),
    ipv6: (Ipv6Addr, u32),
}

impl Network {
    /// Those of the options `VirtualAddrNetworkIPv4` and `VirtualAddrNetworkIPv6`.
    pub(in crate::world) fn new(config: &Config) -> Self {
        let cut = |name: &str| -> Option<(IpAddr, u32)> {
            let value = config.value(name)?;
            let (address, bits) = value.split_once('/')?;
            let address = address.trim_matches(['[', ']']);
            Some((address.parse().ok()?, bits.parse().ok()?))
        };
        let ipv4 = match cut("VirtualAddrNetworkIPv4") {
            Some((IpAddr::V4(address), bits)) => (address, bits.min(32)),
            _ => (Ipv4Addr::new(127, 192, 0, 0), 10),
        };
        let ipv6 = match cut("VirtualAddrNetworkIPv6") {
            Some((IpAddr::V6(address), bits)) => (address, bits.min(128)),
            _ => (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
        };
        Self { ipv4, ipv6 }
    }

    /// Whether an address looks like one that was made up.
    pub(in crate::world) fn contains(&self, address: &str) -> bool {
        let name = address.to_ascii_lowercase();
        if name.ends_with(".virtual") {
            return true;
        }
        match name.trim_matches(['[', ']']).parse() {
            Ok(IpAddr::V4(address)) => {
                let (network, bits) = self.ipv4;
                let differs = address.to_bits() ^ network.to_bits();
                differs.checked_shr(32 - bits).unwrap_or(0) == 0
            }
            Ok(IpAddr::V6(address)) => {
                let (network, bits) = self.ipv6;
                let differs = address.to_bits() ^ network.to_bits();
                differs.checked_shr(128 - bits).unwrap_or(0) == 0
            }
            Err(_) => false,
        }
    }

    fn make(&self, kind: VirtualKind, random: &mut Random) -> String {
        let bytes = random.bytes();
        let [high, low] = [0, 16].map(|at| {
            let mut half = [0; 16];
            half.copy_from_slice(&bytes[at..at + 16]);
            u128::from_be_bytes(half)
        });
        match kind {
            VirtualKind::Ipv4 => {
                let (network, bits) = self.ipv4;
                let mask = u32::MAX.checked_shr(bits).unwrap_or(0);
                #[expect(clippy::cast_possible_truncation, reason = "32 bits are wanted")]
                let host = low as u32 & mask;
                Ipv4Addr::from_bits(network.to_bits() & !mask | host).to_string()
            }
            VirtualKind::Ipv6 => {
                let (network, bits) = self.ipv6;
                let mask = u128::MAX.checked_shr(bits).unwrap_or(0);
                let address = Ipv6Addr::from_bits(network.to_bits() & !mask | high & mask);
                format!("[{address}]")
            }
            VirtualKind::Name => {
                let name = BASE32_NOPAD.encode(&bytes[..10]).to_ascii_lowercase();
                format!("{name}.virtual")
            }
        }
    }
}

impl AddressMap {
    /// A virtual address for another, mapped now; none where none is left.
    pub(in crate::world) fn new_virtual(
        &mut self,
        kind: VirtualKind,
        to: &str,
        network: &Network,
        random: &mut Random,
    ) -> Option<String> {
        let ends_well = |address: &str| !address.ends_with(".0") && !address.ends_with(".255");
        let address = (0..MOST_TRIES)
            .map(|_| network.make(kind, random))
            .find(|address| ends_well(address) && !self.contains(address))?;
        self.map_virtual(kind, &address, to)?;
        Some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::super::map::Source;
    use super::*;

    #[test]
    fn stay_in_their_network() {
        let network = Network::new(&Config::default());
        let (mut map, mut random) = (AddressMap::default(), Random::Seed(1));
        for (kind, end) in [
            (VirtualKind::Ipv4, ""),
            (VirtualKind::Ipv6, "]"),
            (VirtualKind::Name, ".virtual"),
        ] {
            let made = map.new_virtual(kind, "to", &network, &mut random).unwrap();
            assert!(made.ends_with(end) && network.contains(&made), "{made}");
            assert_eq!(map.virtual_for(kind, "to"), Some(made.as_str()));
            assert_eq!(map.virtual_for(kind, "other"), None);
            map.map(&made, &made, Source::Command).unwrap();
            assert_eq!(map.virtual_for(kind, "to"), None);
        }
        for (address, expected) in [
            ("127.192.0.0", true),
            ("127.255.255.255", true),
            ("127.191.255.255", false),
            ("fe80::1", true),
            ("[febf::1]", true),
            ("fec0::1", false),
            ("X.Virtual", true),
            ("virtual", false),
        ] {
            assert_eq!(network.contains(address), expected, "{address}");
        }
    }
}
