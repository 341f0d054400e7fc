//! The networks that are measured, each from nothing to the first page.

use std::time::{Duration, Instant};

use tor_harness::process::{Node, NodeSpec, Role, StartTimes, TestNetwork, TestNetworkBuilder};
use tor_harness::traffic::{HttpServer, Response, Target};

use crate::Result;

const PAGE: &str = "a page";

/// What a network goes through from nothing, in order.
pub(crate) const PHASES: [&str; 5] = [
    "keys, documents made; relays started",
    "relays reachable; all started",
    "all control ports answered",
    "client at 100 %",
    "first HTTP answer through an exit",
];

/// How long after nothing each phase was over.
pub(crate) type Phases = [Duration; PHASES.len()];

/// Four relays, two of them exits, with a client.
pub(crate) fn signed() -> TestNetworkBuilder {
    TestNetwork::builder()
        .nodes(["relay0", "relay1"].map(NodeSpec::relay))
        .nodes(["exit0", "exit1"].map(NodeSpec::exit))
        .node(NodeSpec::client("client0"))
}

/// The same, but that the first two vote.
pub(crate) fn voting() -> TestNetworkBuilder {
    TestNetwork::builder()
        .voting()
        .nodes(["authority0", "authority1"].map(NodeSpec::authority))
        .nodes(["exit0", "exit1"].map(NodeSpec::exit))
        .node(NodeSpec::client("client0"))
}

pub(crate) fn serve() -> Result<HttpServer> {
    Ok(HttpServer::serving(PAGE)?)
}

/// Starts a network, and fetches a page by its client.
pub(crate) fn start(
    builder: TestNetworkBuilder,
    server: &HttpServer,
) -> Result<(TestNetwork, Phases)> {
    let start = Instant::now();
    let network = builder.launch()?;
    network.wait_until_ready()?;
    let bootstrapped = start.elapsed();
    if network.directory().is_none() {
        wait_for_exits(&network)?;
    }
    fetch(&network, server.address())?;
    let first_answer = start.elapsed();
    let StartTimes {
        relays_started,
        all_started,
        answered,
        ..
    } = network.start_times();
    let phases = [
        relays_started,
        all_started,
        answered,
        bootstrapped,
        first_answer,
    ];
    Ok((network, phases))
}

/// Where relays vote, exits may hear of it later than clients, and refuse the streams of relays that
/// they do not know.
fn wait_for_exits(network: &TestNetwork) -> Result<()> {
    let nodes = network.nodes().iter();
    let listed: Vec<_> = nodes
        .clone()
        .filter(|node| node.role().is_listed())
        .map(Node::nickname)
        .collect();
    for exit in nodes.filter(|node| node.role() == Role::Exit) {
        exit.wait_for_consensus(&listed)?;
    }
    Ok(())
}

/// Asks a running network for an onion service, and visits it; how long that took.
pub(crate) fn ask_for_onion(network: &TestNetwork, server: &HttpServer) -> Result<Duration> {
    let start = Instant::now();
    let onion = network.onion(server.address())?;
    fetch(network, onion.target())?;
    Ok(start.elapsed())
}

/// Has a tor with an empty folder join a running network; how long until its first page.
pub(crate) fn join_tor(network: &TestNetwork, server: &HttpServer) -> Result<Duration> {
    let start = Instant::now();
    let guest = network.join(NodeSpec::client("guest0"))?;
    is_page(&guest.http_get(server.address(), "/")?)?;
    Ok(start.elapsed())
}

/// Has Arti join one with empty folders; how long until its first page.
pub(crate) fn join_arti(network: &TestNetwork, server: &HttpServer) -> Result<Duration> {
    let start = Instant::now();
    let arti = network.join_arti()?;
    is_page(&arti.http_get(server.address(), "/")?)?;
    Ok(start.elapsed())
}

/// Starts a network with an onion service, and visits that; how long it took from nothing.
pub(crate) fn start_with_onion(server: &HttpServer) -> Result<Duration> {
    let start = Instant::now();
    let service = NodeSpec::onion_service("onion0", server.address().port());
    let network = signed().node(service).start()?;
    let service = network.node("onion0").ok_or("no onion service")?;
    service.wait_until_published()?;
    fetch(&network, service.onion_target().ok_or("no onion address")?)?;
    let taken = start.elapsed();
    network.stop()?;
    Ok(taken)
}

/// Fetches the page by the network's client.
pub(crate) fn fetch(network: &TestNetwork, target: impl Into<Target>) -> Result<()> {
    let client = network.client().ok_or("no client")?;
    is_page(&client.http_get(target, "/")?)
}

fn is_page(response: &Response) -> Result<()> {
    match response.body == PAGE.as_bytes() {
        true => Ok(()),
        false => Err(format!("another page: {response:?}").into()),
    }
}
