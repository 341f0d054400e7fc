//! The nodes of the network that is recorded.

use tor_harness::process::{NodeSpec, TestNetwork, TestNetworkBuilder};
use tor_harness_suites::PUBLIC_TEST_KEY;

/// The authority that bridges upload to.
pub(super) const BRIDGE_AUTHORITY: &str = "auth0";
/// The authority that is asked for documents.
pub(super) const AUTHORITY: &str = "auth1";
pub(super) const BRIDGE: &str = "bridge0";
pub(super) const CLIENT: &str = "client0";
/// An onion service that everybody may visit.
pub(super) const OPEN: &str = "open0";
/// An onion service that only clients with a key may visit.
pub(super) const RESTRICTED: &str = "restricted0";

/// The names of documents, with the relay that each is of.
pub(super) const RELAYS: &[(&str, &str)] = &[
    ("authority", "auth1"),
    ("relay", "relay0"),
    ("exit", "exit0"),
];

/// The authorities, with the names of their votes.
pub(super) const AUTHORITIES: &[(&str, &str)] = &[
    ("authority-0", "auth0"),
    ("authority-1", "auth1"),
    ("authority-2", "auth2"),
];

/// What each node's set-up is called in the manifest.
const SETUPS: &[(&str, &str)] = &[
    ("auth0", "network-auth0"),
    ("auth1", "network-auth1"),
    ("auth2", "network-auth2"),
    ("relay0", "network-relay0"),
    ("relay1", "network-relay1"),
    ("relay2", "network-relay2"),
    ("exit0", "network-exit0"),
    (BRIDGE, "network-bridge0"),
    (OPEN, "network-open0"),
    (RESTRICTED, "network-restricted0"),
    (CLIENT, "network-client0"),
];

/// What a node's set-up is called in the manifest.
pub(super) fn setup(nickname: &str) -> &'static str {
    SETUPS
        .iter()
        .find(|(name, _)| *name == nickname)
        .map_or("none", |(_, setup)| setup)
}

/// The network; its services lead to `target` of 127.0.0.1.
pub(super) fn network(target: u16) -> TestNetworkBuilder {
    let authority = |spec: NodeSpec| {
        spec.torrc_line("ContactInfo the harness <harness AT example.com>")
            .torrc_line("V3BandwidthsFile {dir}/bandwidth")
            .torrc_line("ConsensusParams CircuitPriorityHalflifeMsec=30000")
    };
    let restricted = NodeSpec::onion_service(RESTRICTED, target).file(
        "service/authorized_clients/reader.auth",
        format!("descriptor:x25519:{PUBLIC_TEST_KEY}\n"),
    );
    // Among so few relays the paths of vanguards often cannot be built.
    let plain_paths = |spec: NodeSpec| spec.torrc_line("VanguardsLiteEnabled 0");
    // tor wants the folder to be there.
    let client = NodeSpec::client(CLIENT)
        .torrc_line("ClientOnionAuthDir {dir}/onion-auth")
        .file("onion-auth/empty", "");
    TestNetwork::builder()
        .voting()
        .node(authority(NodeSpec::bridge_authority("auth0")))
        .node(authority(NodeSpec::authority("auth1")))
        .node(authority(NodeSpec::authority("auth2")))
        .node(NodeSpec::relay("relay0"))
        .node(NodeSpec::relay("relay1"))
        .node(NodeSpec::relay("relay2"))
        .node(NodeSpec::exit("exit0"))
        .node(NodeSpec::bridge(BRIDGE).torrc_line("BridgeDistribution email"))
        .node(plain_paths(NodeSpec::onion_service(OPEN, target)))
        .node(plain_paths(restricted))
        .node(plain_paths(client))
}
