//! A made-up relay.

use std::net::{Ipv4Addr, Ipv6Addr};

use data_encoding::BASE64_NOPAD;

use crate::random::Random;

/// What differs from relay to relay.
pub(crate) struct Relay {
    pub(crate) identity: [u8; 20],
    pub(crate) ipv4: Ipv4Addr,
    /// Every second relay has one.
    pub(crate) ipv6: Option<Ipv6Addr>,
    pub(crate) bandwidth: usize,
}

impl Relay {
    pub(crate) fn made_of(random: &mut Random) -> Self {
        let identity = random.bytes();
        let [a, b, c] = random.bytes();
        let network = u16::from_be_bytes([a, b]);
        let ipv6 = Ipv6Addr::new(0x2001, 0xdb8, network, 0, 0, 0, 0, c.into());
        Self {
            identity,
            ipv4: Ipv4Addr::new(10, a, b, c),
            ipv6: (random.below(2) == 0).then_some(ipv6),
            bandwidth: random.below(90_000),
        }
    }

    /// The line `a`, where there is one, with this at its end.
    pub(crate) fn a_line(&self, end: &str) -> String {
        let line = |address: &Ipv6Addr| format!("a [{address}]:9001{end}");
        self.ipv6.as_ref().map(line).unwrap_or_default()
    }
}

/// A digest of so many bytes, as entries have it.
pub(crate) fn digest<const N: usize>(random: &mut Random) -> String {
    base64(&random.bytes::<N>())
}

/// Base64 without padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_NOPAD.encode(bytes)
}
