//! Where the nodes of a network are: addresses, ports, keys, torrc on disk.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use tor_harness_scratch::Folder;

use super::check::check;
use super::keys::{self, Identity};
use super::role::Role;
use super::spec::NodeSpec;
use crate::error::Error;
use crate::executable::Executable;
use crate::files;

/// The file names in a node's folder.
const TORRC: &str = "torrc";
const DEFAULTS_TORRC: &str = "defaults-torrc";
const DATA: &str = "data";
const CONTROL: &str = "control";

/// What every node is told. Its authorities are those of the network, or
/// nobody's: so no node knows an address outside of it.
const ALL: &str = "\
Log notice stdout
TestingTorNetwork 1
UseDefaultFallbackDirs 0
ShutdownWaitLength 0
SafeLogging 0
LogTimeGranularity 1
ClientUseIPv6 0
PathsNeededToBuildCircuits 0.67
TestingClientMaxIntervalWithoutRequest 1
FetchDirInfoEarly 1
FetchDirInfoExtraEarly 1
GeoIPFile /dev/null
GeoIPv6File /dev/null
";

/// What relays are told: not to test what cannot be tested on loopback, to ask
/// no name server.
const RELAY: &str = "\
AssumeReachable 1
ExtendAllowPrivateAddresses 1
DirCache 1
ServerDNSDetectHijacking 0
ServerDNSTestAddresses
ServerDNSResolvConfFile /dev/null
ServerDNSAllowBrokenConfig 1
";

/// What exits are told. Of a policy that accepts loopback alone the consensus
/// would say `reject 1-65535`, and no client would choose the exit.
const EXIT: &str = "\
ExitRelay 1
IPv6Exit 0
ExitPolicyRejectPrivate 0
ExitPolicy accept *:*
";

const CLIENT: &str = "\
ClientOnly 1
ClientRejectInternalAddresses 0
ClientDNSRejectInternalAddresses 0
";

/// A network's nodes, each with its place and its keys, none of them running.
#[derive(Debug)]
pub(super) struct Layout {
    places: Vec<Place>,
}

/// A node with its place.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) spec: NodeSpec,
    pub(super) folder: Folder,
    pub(super) identity: Option<Identity>,
    address: Ipv4Addr,
    or_port: u16,
    dir_port: u16,
    socks_port: u16,
}

impl Layout {
    /// Gives each node its place, and those that others have to know their keys.
    ///
    /// # Errors
    /// If the nodes are no network, or the keys cannot be made before the
    /// deadline.
    pub(super) fn new(
        specs: Vec<NodeSpec>,
        tor: &Executable,
        deadline: Instant,
    ) -> Result<Self, Error> {
        check(&specs)?;
        let mut addresses = addresses();
        let mut places = specs
            .into_iter()
            .map(|spec| Place::new(spec, &mut addresses))
            .collect::<Result<Vec<_>, _>>()?;
        keys::make(tor, &mut places, deadline)?;
        Ok(Self { places })
    }

    /// Writes each node's torrc. How the authorities come to a consensus is
    /// the recipe's: it adds lines to those of the role.
    pub(super) fn write(&self, recipe: impl Fn(Role) -> String) -> Result<(), Error> {
        let authorities: String = self
            .places
            .iter()
            .filter_map(Place::dir_authority)
            .collect();
        for place in &self.places {
            let torrc = place.torrc(&authorities, &recipe(place.spec.role));
            for (name, text) in [(TORRC, torrc.as_str()), (DEFAULTS_TORRC, "")] {
                place
                    .folder
                    .write(name, text.as_bytes())
                    .map_err(Error::Folder)?;
            }
        }
        Ok(())
    }

    pub(super) fn into_places(self) -> Vec<Place> {
        self.places
    }
}

impl Place {
    fn new(spec: NodeSpec, addresses: &mut impl Iterator<Item = Ipv4Addr>) -> Result<Self, Error> {
        let folder = Folder::create().map_err(Error::Folder)?;
        let address = addresses
            .next()
            .ok_or_else(|| Error::system("number the nodes")(std::io::Error::other("too many")))?;
        let [or_port, dir_port, socks_port] = free_ports(address)?;
        let place = Self {
            or_port,
            dir_port,
            socks_port,
            identity: None,
            spec,
            folder,
            address,
        };
        files::make_folder(&place.data().join("keys"))?;
        files::write(&place.folder, &place.spec.files)?;
        Ok(place)
    }

    pub(super) fn role(&self) -> Role {
        self.spec.role
    }

    pub(super) fn nickname(&self) -> &str {
        &self.spec.nickname
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn data(&self) -> PathBuf {
        self.folder().join(DATA)
    }

    pub(super) fn or_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.or_port)
    }

    pub(super) fn dir_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.dir_port)
    }

    pub(super) fn socks_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.socks_port)
    }

    /// An error with the node's name.
    pub(super) fn failed(&self, source: Error) -> Error {
        source.of_node(self.nickname())
    }

    /// The line by which the others know an authority.
    fn dir_authority(&self) -> Option<String> {
        let Identity { relay, authority } = self.identity?;
        let bridge = match self.role() {
            Role::BridgeAuthority => "bridge ",
            _ => "",
        };
        Some(format!(
            "DirAuthority {} orport={} no-v2 {bridge}v3ident={} {} {relay}\n",
            self.nickname(),
            self.or_port,
            authority?,
            self.dir_address(),
        ))
    }

    fn torrc(&self, authorities: &str, recipe: &str) -> String {
        let role = self.role();
        let mut torrc = ALL.to_owned();
        torrc.push_str(authorities);
        let _ = writeln!(torrc, "Nickname {}", self.nickname());
        if role.relays() {
            let _ = writeln!(torrc, "Address {}", self.address);
            let _ = writeln!(torrc, "ORPort {}\nSocksPort 0", self.or_address());
            torrc.push_str(RELAY);
        } else {
            let _ = writeln!(torrc, "SocksPort {}", self.socks_address());
            torrc.push_str(CLIENT);
        }
        if role.is_authority() {
            let _ = writeln!(torrc, "DirPort {}", self.dir_address());
            torrc.push_str("AuthoritativeDirectory 1\nV3AuthoritativeDirectory 1\n");
        }
        match role {
            Role::BridgeAuthority => torrc.push_str("BridgeAuthoritativeDir 1\nExitRelay 0\n"),
            Role::Authority | Role::Relay => torrc.push_str("ExitRelay 0\n"),
            Role::Exit => torrc.push_str(EXIT),
            Role::Bridge => torrc.push_str("BridgeRelay 1\nExitRelay 0\n"),
            Role::Client | Role::OnionService => {}
        }
        let folder = self.folder().to_string_lossy();
        if let Some(target) = self.spec.target {
            let _ = writeln!(
                torrc,
                "HiddenServiceDir {folder}/service\nHiddenServicePort 80 127.0.0.1:{target}"
            );
        }
        torrc.push_str(recipe);
        for extra in &self.spec.lines {
            let _ = writeln!(torrc, "{}", extra.text.replace("{dir}", &folder));
        }
        torrc
    }

    /// The command line. An option given here wins over any torrc, so what
    /// keeps the promises is here.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let file = |name: &str| self.folder().join(name).into_os_string();
        let mut control = OsString::from("unix:");
        control.push(file(CONTROL));
        vec![
            "-f".into(),
            file(TORRC),
            "--defaults-torrc".into(),
            file(DEFAULTS_TORRC),
            "--DataDirectory".into(),
            file(DATA),
            "--RunAsDaemon".into(),
            "0".into(),
            "--ControlPort".into(),
            control,
            // From there the system reaches nothing but loopback.
            "--OutboundBindAddress".into(),
            "127.0.0.1".into(),
            "--OutboundBindAddress".into(),
            "[::1]".into(),
        ]
    }
}

/// The addresses of a network's nodes. The last 63 networks of this process have
/// others, and those of most other processes do; the 65th has those of the first
/// again, with ports where nobody listens then.
fn addresses() -> impl Iterator<Item = Ipv4Addr> {
    static NETWORKS: AtomicU32 = AtomicU32::new(0);
    let number = std::process::id().wrapping_add(NETWORKS.fetch_add(1, Ordering::Relaxed) << 10);
    let [_, _, high, low] = number.to_be_bytes();
    // 127.0.0.1 is everybody's.
    (1..=254).map(move |node| Ipv4Addr::new(127, high.max(1), low, node))
}

/// Ports where nobody listens. All are held until the last is chosen, so that no
/// two are the same.
fn free_ports<const COUNT: usize>(address: Ipv4Addr) -> Result<[u16; COUNT], Error> {
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
    fn no_two_ports_are_the_same() {
        // So many that chance would choose one again.
        let ports: [u16; 500] = free_ports(Ipv4Addr::LOCALHOST).unwrap();
        assert_eq!(HashSet::from(ports).len(), ports.len());
    }
}
