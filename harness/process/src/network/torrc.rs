//! What a node of a network is told.

use std::fmt::Write as _;

use super::keys::Identity;
use super::layout::Place;
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

impl Place {
    /// The line by which the others know an authority.
    pub(super) fn dir_authority(&self) -> Option<String> {
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

    pub(super) fn torrc(&self, authorities: &str, recipe: &str) -> String {
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
}
