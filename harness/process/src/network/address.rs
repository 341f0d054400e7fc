//! Places on loopback that no other network has.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;

/// How many networks of a process have addresses of their own: each has those of
/// a pair of the middle bytes, the first of them not zero.
const NETWORKS: u32 = 255 * 256;

/// How many nodes a network has addresses for.
pub(super) const NODES: usize = 254;

/// The addresses of a network's nodes, which no other network of this process has
/// before [`NETWORKS`] of them were made, nor most other processes'.
pub(super) fn addresses() -> impl Iterator<Item = Ipv4Addr> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    addresses_of(std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

/// The addresses of a process' network with this number.
fn addresses_of(process: u32, network: u32) -> impl Iterator<Item = Ipv4Addr> {
    // Processes of one time have numbers near to each other, so a process' networks
    // lie far apart: a prime that does not divide `NETWORKS` meets each place once.
    let place = (process % NETWORKS + network % NETWORKS * 1021) % NETWORKS;
    let [_, _, high, low] = (place + 256).to_be_bytes();
    // 127.0.0.1 is everybody's.
    (1..)
        .take(NODES)
        .map(move |node| Ipv4Addr::new(127, high, low, node))
}

/// Ports where nobody listens. All are held until the last is chosen, so that no
/// two are the same.
pub(super) fn free_ports<const COUNT: usize>(address: Ipv4Addr) -> Result<[u16; COUNT], Error> {
    let listener = || TcpListener::bind((address, 0));
    let listeners: std::io::Result<Vec<_>> = (0..COUNT).map(|_| listener()).collect();
    let mut ports = [0; COUNT];
    listeners
        .and_then(|listeners| {
            for (port, listener) in ports.iter_mut().zip(&listeners) {
                *port = listener.local_addr()?.port();
            }
            Ok(ports)
        })
        .map_err(Error::system(format!("find free ports of {address}")))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_networks_of_a_process_have_the_same_addresses() {
        let first = |network| addresses_of(u32::MAX, network).next().unwrap();
        let firsts: HashSet<_> = (0..NETWORKS).map(first).collect();
        assert_eq!(firsts.len(), NETWORKS as usize);
        assert!(firsts.iter().all(|address| address.octets()[1] != 0));
        assert_eq!(first(NETWORKS), first(0));
    }

    #[test]
    fn no_two_nodes_of_a_network_have_the_same_address() {
        let addresses: HashSet<_> = addresses_of(1, 1).collect();
        assert_eq!(addresses.len(), NODES);
    }

    #[test]
    fn no_two_ports_are_the_same() {
        // So many that chance would choose one again.
        let ports: [u16; 500] = free_ports(Ipv4Addr::LOCALHOST).unwrap();
        assert_eq!(HashSet::from(ports).len(), ports.len());
    }
}
