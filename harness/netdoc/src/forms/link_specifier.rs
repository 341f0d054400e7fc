//! One way to reach a relay, or one of its identities.

use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tor_harness_types::Fingerprint;

/// One way to reach a relay, or one of its identities (tor-spec, EXTEND2;
/// rend-spec-v3 section 0.4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LinkSpecifier {
    /// An address with a port: types 0 and 1.
    Socket(SocketAddr),
    /// The fingerprint of the RSA identity key: type 2.
    Fingerprint(Fingerprint),
    /// The ed25519 identity key: type 3.
    Ed25519([u8; 32]),
    /// One of another type, or of another length than its type has.
    Other {
        /// The type.
        link_type: u8,
        /// What it says: up to 255 bytes.
        data: Vec<u8>,
    },
}

impl LinkSpecifier {
    /// Reads a block: how many there are, then each with its type and length.
    /// `None` if it is shorter or longer than that.
    #[must_use]
    pub fn read_all(block: &[u8]) -> Option<Vec<Self>> {
        let (&count, mut rest) = block.split_first()?;
        let mut all = Vec::new();
        for _ in 0..count {
            let (&[link_type, length], after) = rest.split_first_chunk()?;
            let (data, after) = after.split_at_checked(usize::from(length))?;
            all.push(Self::new(link_type, data));
            rest = after;
        }
        rest.is_empty().then_some(all)
    }

    /// Writes a block, of 255 at most: those behind are left out.
    #[must_use]
    pub fn write_all(all: &[Self]) -> Vec<u8> {
        let all = &all[..all.len().min(255)];
        let mut block = Vec::from([all.len() as u8]);
        for one in all {
            let (link_type, data) = one.parts();
            let data = &data[..data.len().min(255)];
            block.extend_from_slice(&[link_type, data.len() as u8]);
            block.extend_from_slice(data);
        }
        block
    }

    fn new(link_type: u8, data: &[u8]) -> Self {
        let known = match link_type {
            0 | 1 => socket(link_type, data).map(Self::Socket),
            2 => data
                .try_into()
                .ok()
                .map(Fingerprint::new)
                .map(Self::Fingerprint),
            3 => data.try_into().ok().map(Self::Ed25519),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Other {
            link_type,
            data: data.into(),
        })
    }

    /// The type, and what is behind type and length.
    fn parts(&self) -> (u8, Vec<u8>) {
        match self {
            Self::Socket(socket) => {
                let (link_type, mut data) = match socket.ip() {
                    IpAddr::V4(ip) => (0, ip.octets().to_vec()),
                    IpAddr::V6(ip) => (1, ip.octets().to_vec()),
                };
                data.extend_from_slice(&socket.port().to_be_bytes());
                (link_type, data)
            }
            Self::Fingerprint(fingerprint) => (2, fingerprint.as_bytes().to_vec()),
            Self::Ed25519(key) => (3, key.to_vec()),
            Self::Other { link_type, data } => (*link_type, data.clone()),
        }
    }
}

fn socket(link_type: u8, data: &[u8]) -> Option<SocketAddr> {
    let (address, port) = data.split_last_chunk()?;
    let address: IpAddr = match link_type {
        0 => Ipv4Addr::from(<[u8; 4]>::try_from(address).ok()?).into(),
        _ => Ipv6Addr::from(<[u8; 16]>::try_from(address).ok()?).into(),
    };
    Some((address, u16::from_be_bytes(*port)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_it_read() {
        let four = LinkSpecifier::Socket((Ipv4Addr::LOCALHOST, 9001).into());
        let six = LinkSpecifier::Socket((Ipv6Addr::LOCALHOST, 1).into());
        let identity = LinkSpecifier::Fingerprint(Fingerprint::new([7; 20]));
        let key = LinkSpecifier::Ed25519([8; 32]);
        let other = |link_type, data: &[u8]| LinkSpecifier::Other {
            link_type,
            data: data.into(),
        };
        for all in [
            Vec::new(),
            [four, six, identity, key].into(),
            // Of types that nobody knows, and of lengths that a type has not.
            [other(9, b""), other(0, b"short"), other(3, &[0; 31])].into(),
        ] {
            let block = LinkSpecifier::write_all(&all);
            assert_eq!(LinkSpecifier::read_all(&block), Some(all), "{block:?}");
        }
    }

    #[test]
    fn refuses_wrong_lengths() {
        for block in [
            &[][..],
            &[1],
            &[1, 0],
            &[1, 9, 2, 0],
            &[0, 0],
            &[1, 9, 1, 0, 0],
        ] {
            assert_eq!(LinkSpecifier::read_all(block), None, "{block:?}");
        }
    }
}
