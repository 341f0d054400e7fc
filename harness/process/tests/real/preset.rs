//! Networks under chutney's names, each of which does what it is for.

use std::net::{Ipv6Addr, SocketAddr};

use libtest_mimic::{Completion, Failed, Trial};
use tor_harness_process::{Node, Role, TestNetwork, find_obfs4proxy, find_tor};
use tor_harness_traffic::HttpServer;

use crate::Test;
use crate::onion::gives_page;

pub(crate) const TESTS: &[Test] = &[
    ("preset::basic", || does("basic")),
    ("preset::basic_min", || does("basic-min")),
    ("preset::bridges_hs_v3", || does("bridges+hs-v3")),
    ("preset::bridges_min", || does("bridges-min")),
    ("preset::hs_v3", || does("hs-v3")),
    ("preset::hs_v3_min", || does("hs-v3-min")),
    ("preset::ipv6_exit_min", || does("ipv6-exit-min")),
    ("preset::single_onion_v3", || does("single-onion-v3")),
];

/// A test that needs a program beside tor.
pub(crate) fn obfs4() -> Trial {
    let body = || match (find_tor(), find_obfs4proxy()) {
        (Ok(_), Ok(_)) => does("bridges-obfs4").map(|()| Completion::Completed),
        (Err(error), _) | (_, Err(error)) => Ok(Completion::ignored_with(error.to_string())),
    };
    Trial::ignorable_test("preset::bridges_obfs4", body).with_kind("tor, obfs4proxy")
}

/// Whether each client gets the page of each server that the network leads to.
fn does(preset: &str) -> Result<(), Failed> {
    let network = TestNetwork::preset(preset)?.start()?;
    let mut servers = Vec::new();
    let mut targets = Vec::new();
    let mut serve = |address: SocketAddr| -> Result<SocketAddr, Failed> {
        servers.push(HttpServer::answering(address, |_| b"hello".to_vec())?);
        Ok(servers.last().ok_or("no server")?.address())
    };
    if has(&network, |node| node.role() == Role::Exit) {
        targets.push(serve(([127, 0, 0, 1], 0).into())?.into());
    }
    if preset.contains("ipv6") {
        targets.push(serve((Ipv6Addr::LOCALHOST, 0).into())?.into());
    }
    for service in network.nodes() {
        let Some(target) = service.onion_target() else {
            continue;
        };
        serve(service.service_address().ok_or("it leads nowhere")?)?;
        service.wait_until_published()?;
        targets.push(target);
    }
    if targets.is_empty() {
        return Err("it leads nowhere".into());
    }
    for client in network.nodes() {
        if client.role() != Role::Client {
            continue;
        }
        for target in &targets {
            gives_page(client, target.clone())?;
        }
    }
    if preset.contains("bridges") {
        begins_with_bridge(&network)?;
    }
    let complaints = network.complaints()?;
    if !complaints.is_empty() {
        return Err(complaints.join("\n").into());
    }
    Ok(network.stop()?)
}

fn has(network: &TestNetwork, is: impl Fn(&Node) -> bool) -> bool {
    network.nodes().iter().any(is)
}

/// Whether the circuits of who uses bridges begin with one, and those of others do not.
fn begins_with_bridge(network: &TestNetwork) -> Result<(), Failed> {
    let bridge = network.node("bridge0").and_then(Node::fingerprint);
    let first_hop = format!(" ${}~bridge0,", bridge.ok_or("no bridge")?);
    for (nickname, expected) in [("bridgeclient0", true), ("client0", false)] {
        let Some(client) = network.node(nickname) else {
            continue;
        };
        let circuits = client.tor().client()?.get_info("circuit-status")?;
        if circuits.contains(&first_hop) != expected {
            return Err(format!("circuits of {nickname}: {circuits}").into());
        }
    }
    Ok(())
}
