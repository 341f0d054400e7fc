//! Clients that the harness did not prepare, which fetch all they know from the network's relays.

use std::fmt::Write as _;
use std::net::{SocketAddr, SocketAddrV4};
use std::path::Path;
use std::time::Instant;

use data_encoding::BASE64_NOPAD;
use tor_harness_testnet::{Authority, Relay};

use super::check::{SpecError, check_node};
use super::identity::Identity;
use super::idle;
use super::node::{Node, Starting};
use super::role::Role;
use super::running::TestNetwork;
use super::signed::dir_authority;
use super::spec::NodeSpec;
use crate::error::Error;
use crate::prepared;
use crate::torrc::{Extra, files};

/// What a tor is told besides where the relays are. From 127.0.0.1 the system reaches nothing but
/// loopback unless it is told `route_localnet`, and by IPv6 a client connects to nobody.
const TOR: &str = "\
TestingTorNetwork 1
UseDefaultFallbackDirs 0
FetchDirInfoEarly 1
FetchDirInfoExtraEarly 1
PathsNeededToBuildCircuits 0.25
ClientOnly 1
ClientUseIPv6 0
ClientRejectInternalAddresses 0
ClientDNSRejectInternalAddresses 0
OutboundBindAddress 127.0.0.1
GeoIPFile /dev/null
GeoIPv6File /dev/null
";

/// What Arti is told besides: all relays are in one subnet.
const ARTI: &str = "\
[application]
allow_running_as_root = true

[address_filter]
allow_local_addrs = true

[path_rules]
ipv4_subnet_family_prefix = 33
ipv6_subnet_family_prefix = 129
";

impl TestNetwork {
    /// The lines of a torrc with which any tor is a client of this network, also one whose data
    /// directory is empty. To be added are its `DataDirectory` and its ports.
    #[must_use]
    pub fn torrc(&self) -> String {
        let mut torrc = TOR.to_owned();
        for authority in self.authorities() {
            torrc.push_str(&match self.directory() {
                Some(_) => dir_authority(authority),
                None => authority.dir_authority_line() + "\n",
            });
        }
        for (relay, address) in self.relays() {
            let (host, port, id) = (address.ip(), address.port(), relay.fingerprint());
            let _ = writeln!(torrc, "FallbackDir {host}:9 orport={port} id={id}");
        }
        torrc
    }

    /// A configuration with which Arti is a client of this network, with empty folders in one that
    /// is there, and takes streams by SOCKS at an address of loopback.
    #[must_use]
    pub fn arti_toml(&self, folder: &Path, socks: SocketAddr) -> String {
        let caches: String = self
            .relays()
            .map(|(relay, address)| {
                let ed25519 = BASE64_NOPAD.encode(&relay.keys().master().public());
                format!(
                    "    {{ rsa_identity = \"{}\", ed_identity = \"{ed25519}\", orports = [\"{address}\"] }},\n",
                    relay.fingerprint()
                )
            })
            .collect();
        let identities: Vec<_> = self
            .authorities()
            .map(|authority| format!("\"{}\"", authority.identity()))
            .collect();
        let folder = folder.to_string_lossy();
        let in_folder = |name: &str| toml_text(&format!("{folder}/{name}"));
        format!(
            "{ARTI}\n\
             [proxy]\nsocks_listen = \"{socks}\"\n\n\
             [storage]\ncache_dir = {}\nstate_dir = {}\nport_info_file = {}\n\n\
             [tor_network]\nfallback_caches = [\n{caches}]\n\n\
             [tor_network.authorities]\nv3idents = [{}]\n",
            in_folder("cache"),
            in_folder("state"),
            in_folder("port_info.json"),
            identities.join(", ")
        )
    }

    /// Starts a client that is told [`TestNetwork::torrc`] alone and what its
    /// specification says, and returns when it has fetched what it needs to build circuits: its
    /// data directory is empty. One with `DisableNetwork 1` fetches nothing before that is undone.
    ///
    /// # Errors
    /// If it is no client or would leave loopback, or does not start, or fetch it in time.
    pub fn join(&self, spec: NodeSpec) -> Result<Node, Error> {
        check_node(&spec)?;
        if spec.role != Role::Client {
            return Err(SpecError::NoGuest(spec.nickname).into());
        }
        let name = &spec.nickname;
        let mut nodes = self.nodes().iter();
        if nodes.any(|node| node.nickname().eq_ignore_ascii_case(name)) {
            return Err(SpecError::SameNickname(spec.nickname).into());
        }
        idle::check_guest(&spec)?;
        let mut lines = spec.lines.iter().flat_map(Extra::lines);
        let has_no_network = lines.any(|line| line.sets("DisableNetwork"));
        let ground = self.ground();
        let (place, seat) = ground.place(self.nodes().len(), spec)?;
        let folder = place.folder().to_string_lossy();
        let mut torrc = format!(
            "Log notice stdout\nSafeLogging 0\nNickname {}\nSocksPort {} ExtendedErrors\n{}",
            place.nickname(),
            place.socks_address(),
            self.torrc()
        );
        torrc.push_str(&place.control_port.torrc());
        for line in &place.spec.lines {
            let _ = writeln!(torrc, "{}", line.text.replace("{dir}", &folder));
        }
        prepared::write(&place.folder, &place.spec.files)
            .and_then(|()| files::write(&place.folder, &torrc))
            .map_err(|error| error.of_node(place.nickname()))?;
        let mut node = Starting::new(place, ground.deadline, Instant::now() + ground.deadline)?
            .ready(false)?;
        node.sit(seat);
        node.meet(self.roster());
        if has_no_network {
            return Ok(node);
        }
        node.wait_until_informed()?;
        // By itself it would at its next tick, a second later.
        node.hurry(true)?;
        Ok(node)
    }

    /// The directory authorities that its nodes trust.
    fn authorities(&self) -> impl Iterator<Item = &Authority> {
        let signed = self.directory().into_iter();
        let voting = self
            .nodes()
            .iter()
            .filter_map(|node| match node.identity() {
                Identity::Authority(authority) => Some(&**authority),
                _ => None,
            });
        signed
            .flat_map(|network| &network.authorities)
            .chain(voting)
    }

    /// Its relays that a consensus lists, and where they are.
    fn relays(&self) -> impl Iterator<Item = (&Relay, SocketAddrV4)> {
        let nodes = self.nodes().iter().filter(|node| node.role().is_listed());
        nodes.filter_map(|node| Some((node.identity().relay()?, node.or_address()?)))
    }
}

/// A text as TOML has it.
fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_texts_of_toml() {
        for (path, expected) in [
            ("/tmp/a b", r#""/tmp/a b""#),
            (r#"/tmp/"a\b"#, r#""/tmp/\"a\\b""#),
        ] {
            assert_eq!(toml_text(path), expected);
        }
    }
}
