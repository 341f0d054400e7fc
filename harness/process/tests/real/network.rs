//! A private network that votes.

use std::time::Duration;

use libtest_mimic::Failed;
use tor_harness_process::{Network, NodeSpec};

use crate::Test;
use crate::wait::nothing_left;

pub(crate) const TESTS: &[Test] = &[("network::comes_to_a_consensus", comes_to_a_consensus)];

/// How long each thing may take; a busy machine is no broken network.
const DEADLINE: Duration = Duration::from_secs(60);

fn comes_to_a_consensus() -> Result<(), Failed> {
    let network = Network::builder()
        .node(NodeSpec::authority("auth0"))
        .node(NodeSpec::relay("relay0"))
        .node(NodeSpec::exit("exit0"))
        .node(NodeSpec::client("client").torrc_line("ContactInfo a client has none"))
        .deadline(DEADLINE)
        .start()?;
    network.wait_for_consensus()?;
    let client = network.node("client").ok_or("no node of that name")?;
    client.wait_until_bootstrapped()?;

    let mut control = client.tor().client()?;
    for node in network.nodes() {
        if let Some(fingerprint) = node.fingerprint() {
            let entry = control.get_info(&format!("ns/id/{fingerprint}"))?;
            let address = node.or_address().ok_or("a relay without an ORPort")?;
            let place = format!(" {} {} ", address.ip(), address.port());
            if !(address.ip().is_loopback() && entry.contains(&place)) {
                return Err(format!("{} is not at{place}: {entry}", node.nickname()).into());
            }
        }
        let bound = node.tor().client()?.get_conf("OutboundBindAddress")?;
        if bound != ["127.0.0.1"] {
            return Err(format!("{} connects from {bound:?}", node.nickname()).into());
        }
    }
    let folders: Vec<_> = network
        .nodes()
        .iter()
        .map(|node| node.tor().folder().to_owned())
        .collect();
    network.stop()?;
    for folder in folders {
        nothing_left(&folder)?;
    }
    Ok(())
}
