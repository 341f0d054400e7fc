//! What a node of a network is told.

use std::fmt::Write as _;

use super::layout::{ONION_AUTH, Place};
use super::role::Role;

/// What every node is told. Its authorities are those of the network, or
/// nobody's: so no node knows an address outside of it.
const ALL: &str = "\
Log notice stdout
TestingTorNetwork 1
UseDefaultFallbackDirs 0
ShutdownWaitLength 0
SafeLogging 0
LogTimeGranularity 1
GeoIPFile /dev/null
GeoIPv6File /dev/null
";

/// What relays are told: not to test what cannot be tested on loopback, to ask
/// no name server.
const RELAY: &str = "\
SocksPort 0
AssumeReachable 1
ExtendAllowPrivateAddresses 1
DirCache 1
ServerDNSDetectHijacking 0
ServerDNSTestAddresses
ServerDNSAllowBrokenConfig 1
ContactInfo a test relay <nobody AT example.com>
";

/// Where relays look for name servers.
pub(super) const RESOLV_CONF: &str = "resolv.conf";

const CLIENT: &str = "\
ClientOnly 1
ClientUseIPv6 0
ClientRejectInternalAddresses 0
ClientDNSRejectInternalAddresses 0
";

impl Place {
    /// The text of its torrc: lines of its role, of how a consensus comes, of its specification.
    pub(super) fn torrc(&self, recipe: &str, bridges: &str) -> String {
        let mut torrc = ALL.to_owned();
        let _ = writeln!(torrc, "Nickname {}", self.nickname());
        match self.role().relays() {
            true => self.relay_lines(&mut torrc),
            false => self.client_lines(&mut torrc, bridges),
        }
        torrc.push_str(&self.control_port.torrc());
        torrc.push_str(recipe);
        let folder = self.folder().to_string_lossy();
        for extra in &self.spec.lines {
            let _ = writeln!(torrc, "{}", extra.text.replace("{dir}", &folder));
        }
        torrc
    }

    fn relay_lines(&self, torrc: &mut String) {
        let _ = writeln!(torrc, "Address {}", self.address);
        let [address, listen] = [self.or_address(), self.listen_address()];
        let _ = match address == listen {
            true => writeln!(torrc, "ORPort {address}"),
            false => writeln!(
                torrc,
                "ORPort {address} NoListen\nORPort {listen} NoAdvertise"
            ),
        };
        torrc.push_str(RELAY);
        let folder = self.folder().to_string_lossy();
        let _ = writeln!(torrc, "ServerDNSResolvConfFile {folder}/{RESOLV_CONF}");
        if self.role().is_authority() {
            let _ = writeln!(torrc, "DirPort {}", self.dir_address());
            torrc.push_str("AuthoritativeDirectory 1\nV3AuthoritativeDirectory 1\n");
        }
        match self.role() {
            Role::BridgeAuthority => torrc.push_str("BridgeAuthoritativeDir 1\n"),
            Role::Bridge => torrc.push_str("BridgeRelay 1\n"),
            _ => {}
        }
        if let Some(program) = &self.obfs4 {
            let _ = writeln!(
                torrc,
                "ServerTransportPlugin obfs4 exec {}\nServerTransportListenAddr obfs4 {}",
                program.path().display(),
                self.dir_address()
            );
        }
        let Some(relay) = self.identity.relay() else {
            return;
        };
        if let Some(ipv6) = relay.ipv6 {
            let _ = writeln!(torrc, "ORPort {ipv6}");
        }
        if !relay.family.is_empty() {
            let family: Vec<_> = relay.family.iter().map(|one| format!("${one}")).collect();
            let _ = writeln!(torrc, "MyFamily {}", family.join(","));
        }
    }

    fn client_lines(&self, torrc: &mut String, bridges: &str) {
        let folder = self.folder().to_string_lossy();
        match self.has_socks() {
            true => {
                let _ = writeln!(torrc, "SocksPort {} ExtendedErrors", self.socks_address());
            }
            false => torrc.push_str(
                "SocksPort 0\nHiddenServiceNonAnonymousMode 1\nHiddenServiceSingleHopMode 1\n",
            ),
        }
        torrc.push_str(CLIENT);
        if self.spec.uses_bridges {
            torrc.push_str("UseBridges 1\n");
            torrc.push_str(bridges);
        }
        if !self.keys.is_empty() {
            let _ = writeln!(torrc, "ClientOnionAuthDir {folder}/{ONION_AUTH}");
        }
        if let Some(target) = self.service_address() {
            let _ = writeln!(
                torrc,
                "HiddenServiceDir {folder}/service\nHiddenServicePort 80 {target}"
            );
        }
    }
}
