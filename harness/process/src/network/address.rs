//! Places on loopback that no other network has.

use std::fs;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr as UnixAddress, UnixListener};
use std::sync::atomic::{AtomicU16, Ordering};

use super::check::SpecError;
use crate::error::Error;

/// How many nodes a network has addresses for. From 127.192.0.0 on they are those that tor makes up
/// for names, and a client would take a relay for one (`VirtualAddrNetworkIPv4`).
pub(super) const NODES: usize = 191;

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
    claims: Vec<UnixListener>,
    /// Nobody is heard here, and nobody else can listen.
    name_server: UdpSocket,
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
            if let Some(claim) = claim(&name_of(bytes))? {
                let claims = vec![claim];
                let name_server = refusing();
                let name_server = name_server.map_err(Error::system("find a port for names"))?;
                return Ok(Self {
                    bytes,
                    claims,
                    name_server,
                });
            }
        }
        let error = ErrorKind::AddrInUse.into();
        Err(Error::system("find addresses that no other network has")(
            error,
        ))
    }

    /// A port of `::1`, the only address of IPv6 that loopback has, that no other network has.
    pub(super) fn claim_ipv6_port(&mut self) -> Result<u16, Error> {
        let address = Ipv6Addr::LOCALHOST;
        for port in FIRST_PORT..FIRST_PORT + PORTS {
            if TcpListener::bind((address, port)).is_ok()
                && let Some(claim) = claim(&format!("tor-harness [{address}]:{port}"))?
            {
                self.claims.push(claim);
                return Ok(port);
            }
        }
        let error = ErrorKind::AddrInUse.into();
        Err(Error::system(format!("find a free port of {address}"))(
            error,
        ))
    }

    /// Where nodes ask for names: whoever does is refused at once.
    pub(super) fn name_server(&self) -> Result<SocketAddr, Error> {
        let address = self.name_server.local_addr();
        address.map_err(Error::system("read the port for names"))
    }

    /// The address of a node, of which there are at most [`NODES`].
    pub(super) fn of_node(&self, number: usize) -> Ipv4Addr {
        let [high, low] = self.bytes;
        let node = u8::try_from(number + 1).unwrap_or(u8::MAX);
        Ipv4Addr::new(127, node, high, low)
    }
}

/// A socket that hears itself alone: the system refuses what others send there.
fn refusing() -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.connect(socket.local_addr()?)?;
    Ok(socket)
}

/// Refuses to go on where the system lets out what comes from 127.0.0.0/8, which it does when it is
/// told so.
pub(super) fn stays_on_loopback() -> Result<(), SpecError> {
    // Of a system without this folder nothing can be told so.
    let devices = fs::read_dir("/proc/sys/net/ipv4/conf")
        .into_iter()
        .flatten();
    for device in devices.flatten() {
        let told = fs::read_to_string(device.path().join("route_localnet"));
        if device.file_name() != "lo" && told.is_ok_and(|told| told.trim() != "0") {
            let device = device.file_name().to_string_lossy().into_owned();
            return Err(SpecError::RouteLocalnet(device));
        }
    }
    Ok(())
}

fn name_of([high, low]: [u8; 2]) -> String {
    format!("tor-harness 127.*.{high}.{low}")
}

/// Claims what a name says; none where another has.
fn claim(name: &str) -> Result<Option<UnixListener>, Error> {
    let address = UnixAddress::from_abstract_name(name);
    match address.and_then(|address| UnixListener::bind_addr(&address)) {
        Ok(claim) => Ok(Some(claim)),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Ok(None),
        Err(error) => Err(Error::system(format!("claim `{name}`"))(error)),
    }
}

/// Ports of an address where nobody listens: the same ones, unless a program listens at all
/// addresses of the machine.
pub(super) fn free_ports<const COUNT: usize>(address: Ipv4Addr) -> Result<[u16; COUNT], Error> {
    let is_free = |port: &u16| TcpListener::bind((address, *port)).is_ok();
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
        let is_free = |name: &str| claim(name).unwrap().is_some();
        let name = name_of(first.bytes);
        assert!(!is_free(&name));
        drop(first);
        assert!(is_free(&name));
    }

    #[test]
    fn names_are_refused_at_once() {
        let network = Addresses::claim().unwrap();
        let server = network.name_server().unwrap();
        assert!(UdpSocket::bind(server).is_err());
        let asking = UdpSocket::bind("127.0.0.1:0").unwrap();
        asking.connect(server).unwrap();
        asking.send(b"a name").unwrap();
        let told = asking.recv(&mut [0; 9]).unwrap_err();
        assert_eq!(told.kind(), ErrorKind::ConnectionRefused);
    }

    #[test]
    fn no_two_networks_have_the_same_port_of_ipv6() {
        if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
            return;
        }
        let mut networks = [Addresses::claim().unwrap(), Addresses::claim().unwrap()];
        let ports = networks
            .each_mut()
            .map(|network| network.claim_ipv6_port().unwrap());
        assert_ne!(ports[0], ports[1]);
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
