//! Places on loopback that no other network has.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr as UnixAddress, UnixListener};
use std::sync::atomic::{AtomicU16, Ordering};

use crate::error::Error;

/// How many nodes a network has addresses for.
pub(super) const NODES: usize = 254;

/// Where the ports of an address begin: below those that the system gives to who asks for any.
const FIRST_PORT: u16 = 9001;
/// How many are tried.
const PORTS: u16 = 20_000;

/// The addresses `127.NODE.x.y` of one network, which no other of this machine has: each node is
/// in a subnet of its own, as relays are that clients may have in one circuit.
///
/// They are claimed by an abstract Unix socket with their name. The system has one of a name for
/// each of its network namespaces, and frees it when its owner ends, however that is.
#[derive(Debug)]
pub(super) struct Addresses {
    bytes: [u8; 2],
    _claim: UnixListener,
}

impl Addresses {
    /// Claims the addresses of a network.
    pub(super) fn claim() -> Result<Self, Error> {
        static NEXT: AtomicU16 = AtomicU16::new(0);
        // Processes of one time have numbers near to each other, so they begin far apart.
        let of_process = std::process::id().wrapping_mul(40_503) as u16;
        for _ in 0..=u16::MAX {
            let number = of_process.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
            let bytes = number.to_be_bytes();
            let name = format!("tor-harness 127.*.{}.{}", bytes[0], bytes[1]);
            let claim = UnixAddress::from_abstract_name(&name)
                .and_then(|address| UnixListener::bind_addr(&address));
            match claim {
                Ok(claim) => {
                    return Ok(Self {
                        bytes,
                        _claim: claim,
                    });
                }
                Err(error) if error.kind() == ErrorKind::AddrInUse => {}
                Err(error) => return Err(Error::system(format!("claim {name}"))(error)),
            }
        }
        let error = ErrorKind::AddrInUse.into();
        Err(Error::system("find addresses that no other network has")(
            error,
        ))
    }

    /// The address of a node, of which there are at most [`NODES`].
    pub(super) fn of_node(&self, number: usize) -> Ipv4Addr {
        let [high, low] = self.bytes;
        let node = u8::try_from(number + 1).unwrap_or(u8::MAX);
        Ipv4Addr::new(127, node, high, low)
    }
}

/// Ports of an address where nobody listens: the same ones, unless a program listens at all
/// addresses of the machine.
pub(super) fn free_ports<const COUNT: usize>(
    address: impl Into<std::net::IpAddr>,
) -> Result<[u16; COUNT], Error> {
    let address = address.into();
    let is_free = |port: &u16| TcpListener::bind(SocketAddr::new(address, *port)).is_ok();
    let mut free = (FIRST_PORT..FIRST_PORT + PORTS).filter(is_free);
    let mut ports = [0; COUNT];
    for port in &mut ports {
        let none = || Error::system(format!("find a free port of {address}"));
        *port = free
            .next()
            .ok_or_else(|| none()(ErrorKind::AddrInUse.into()))?;
    }
    Ok(ports)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_networks_have_the_same_addresses() {
        let networks: Vec<_> = (0..300).map(|_| Addresses::claim().unwrap()).collect();
        let firsts: HashSet<_> = networks.iter().map(|network| network.of_node(0)).collect();
        assert_eq!(firsts.len(), networks.len());
        assert!(firsts.iter().all(Ipv4Addr::is_loopback));
    }

    #[test]
    fn addresses_are_free_again() {
        let first = Addresses::claim().unwrap();
        let name = format!("tor-harness 127.*.{}.{}", first.bytes[0], first.bytes[1]);
        let bind =
            || UnixListener::bind_addr(&UnixAddress::from_abstract_name(&name).unwrap()).is_ok();
        assert!(!bind());
        drop(first);
        assert!(bind());
    }

    #[test]
    fn no_two_nodes_of_a_network_have_the_same_address() {
        let network = Addresses::claim().unwrap();
        let addresses: HashSet<_> = (0..NODES).map(|node| network.of_node(node)).collect();
        assert_eq!(addresses.len(), NODES);
    }

    #[test]
    fn ports_that_are_taken_are_passed_over() {
        let network = Addresses::claim().unwrap();
        let address = network.of_node(0);
        let taken: [u16; 3] = free_ports(address).unwrap();
        assert_eq!(HashSet::from(taken).len(), 3);
        let _listener = TcpListener::bind((address, taken[1])).unwrap();
        let others: [u16; 3] = free_ports(address).unwrap();
        assert_eq!(others[0], taken[0]);
        assert!(!others.contains(&taken[1]), "{others:?}");
    }
}
