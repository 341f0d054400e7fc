//! Addresses that stand in for a bridge's own ("Tor bridge descriptors", section 3.2).

use core::net::{Ipv4Addr, Ipv6Addr, SocketAddrV6};

use tor_harness_netdoc::{Sha256, sha256};

use super::settings::Bridge;

impl Bridge {
    /// What stands in for its IPv4 address: one in 10.0.0.0/8.
    pub(super) fn scrubbed_address(&self) -> Ipv4Addr {
        let hash = self.scrubbed(&self.relay.address.octets(), &self.secret[..31]);
        Ipv4Addr::new(10, hash[0], hash[1], hash[2])
    }

    /// What stands in for an IPv6 address: one in fd9f:2e19:3bcf::/104.
    pub(super) fn scrubbed_socket(&self, socket: SocketAddrV6) -> SocketAddrV6 {
        let hash = self.scrubbed(&socket.ip().octets(), &self.secret[31..50]);
        let [.., high, middle, low] = hash;
        let low = u16::from_be_bytes([middle, low]);
        let ip = Ipv6Addr::new(0xfd9f, 0x2e19, 0x3bcf, 0, 0, 0, high.into(), low);
        SocketAddrV6::new(ip, self.scrubbed_port(socket.port()), 0, 0)
    }

    /// What stands in for a port: one from 49152 on; 0 stays.
    pub(super) fn scrubbed_port(&self, port: u16) -> u16 {
        let hash = self.scrubbed(&port.to_be_bytes(), &self.secret[50..]);
        match port {
            0 => 0,
            _ => u16::from_be_bytes([hash[0], hash[1]]) >> 2 | 0xc000,
        }
    }

    fn scrubbed(&self, part: &[u8], secret: &[u8]) -> Sha256 {
        let fingerprint = self.relay.fingerprint();
        sha256(&[part, fingerprint.as_bytes(), secret].concat())
    }
}
