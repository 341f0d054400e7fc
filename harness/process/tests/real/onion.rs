//! Onion services of a private network, by whom they can be visited.

use libtest_mimic::Failed;
use tor_harness_process::{Node, NodeSpec, TestNetwork};
use tor_harness_traffic::{HttpServer, Status, Target, TrafficCheck};

use crate::Test;

pub(crate) const TESTS: &[Test] = &[
    ("onion::is_offered_in_one_call", is_offered_in_one_call),
    ("onion::lets_visitors_in_alone", lets_visitors_in_alone),
    ("onion::is_there_from_the_start", is_there_from_the_start),
];

const BODY: &str = "hello";

fn is_offered_in_one_call() -> Result<(), Failed> {
    let network = TestNetwork::start()?;
    let client = network.client().ok_or("no client")?;
    let server = HttpServer::serving(BODY)?;
    gives_page(client, server.address())?;
    let told = client
        .wait_until_published()
        .map_err(|error| error.to_string());
    if !told
        .as_ref()
        .is_err_and(|told| told.contains("got `client0`, which has none"))
    {
        return Err(format!("expected an error, got {told:?}").into());
    }
    let report = client.check_traffic(&TrafficCheck::new(100_000, 3))?;
    if report.bytes() != 300_000 {
        return Err(format!("expected 300000 bytes, got {}", report.bytes()).into());
    }

    let first = network.onion(server.address())?;
    let second = network.onion(server.address())?;
    if first.address() == second.address() {
        return Err("two services have the same address".into());
    }
    drop(first);
    gives_page(client, second.target())?;
    let told = client.tor().client()?.get_conf("HiddenServicePort")?;
    if told != [format!("80 {}", server.address())] {
        return Err(format!("expected one service, got {told:?}").into());
    }
    let addresses = [second.address()];
    drop(second);
    network.stop()?;

    // The same seed gives the same services.
    let network = TestNetwork::start()?;
    let client = network.client().ok_or("no client")?;
    let again = [0, 1].map(|_| client.onion(server.address(), &[]));
    let again = again.into_iter().collect::<Result<Vec<_>, _>>()?;
    match again[1].address() == addresses[0] {
        true => Ok(()),
        false => Err("another address the second time".into()),
    }
}

fn lets_visitors_in_alone() -> Result<(), Failed> {
    let network = relays()
        .nodes(["client0", "client1", "client2"].map(NodeSpec::client))
        .start()?;
    let [host, friend, stranger] =
        ["client0", "client1", "client2"].map(|name| network.node(name).ok_or("no such node"));
    let (host, friend, stranger) = (host?, friend?, stranger?);
    let server = HttpServer::serving(BODY)?;
    let mut onion = host.onion(server.address(), &[friend])?;
    onion.wait_until_published()?;
    gives_page(friend, onion.target())?;
    refuses(
        stranger,
        onion.target(),
        Status::OnionClientAuthorizationMissing,
    )?;
    let wrong = format!(
        "ONION_CLIENT_AUTH_ADD {} x25519:{}E=",
        onion.address(),
        "C".repeat(42)
    );
    stranger.tor().client()?.ask_line(&wrong)?;
    refuses(
        stranger,
        onion.target(),
        Status::OnionClientAuthorizationWrong,
    )?;
    let no_address = Target::from(("wrong.onion", 80));
    refuses(stranger, no_address, Status::OnionAddressInvalid)
}

fn is_there_from_the_start() -> Result<(), Failed> {
    let server = HttpServer::serving(BODY)?;
    let port = server.address().port();
    let network = relays()
        .nodes(["client0", "client1"].map(NodeSpec::client))
        .node(NodeSpec::onion_service("open0", port))
        .node(NodeSpec::onion_service("closed0", port).visitors(["client1"]))
        .node(NodeSpec::onion_service("single0", port).single_onion())
        .start()?;
    let node = |nickname| network.node(nickname).ok_or("no node of that name");
    for (service, visitor) in [
        ("open0", "client0"),
        ("closed0", "client1"),
        ("single0", "client0"),
    ] {
        let service = node(service)?;
        service.wait_until_published()?;
        let target = service.onion_target().ok_or("no service")?;
        gives_page(node(visitor)?, target)?;
    }
    let closed = node("closed0")?.onion_target().ok_or("no service")?;
    refuses(
        node("client0")?,
        closed,
        Status::OnionClientAuthorizationMissing,
    )?;
    let complaints = network.complaints()?;
    if !complaints.is_empty() {
        return Err(complaints.join("\n").into());
    }
    let error = node("single0")?.socks().map(drop).unwrap_err().to_string();
    match error.contains("`single0`, which has no SOCKS port") {
        true => Ok(()),
        false => Err(error.into()),
    }
}

fn relays() -> tor_harness_process::TestNetworkBuilder {
    TestNetwork::builder()
        .nodes(["relay0", "relay1", "relay2"].map(NodeSpec::relay))
        .node(NodeSpec::exit("exit0"))
}

/// Whether a client gets the page.
pub(crate) fn gives_page(client: &Node, target: impl Into<Target>) -> Result<(), Failed> {
    let response = client.http_get(target, "/")?;
    match response.body == BODY.as_bytes() {
        true => Ok(()),
        false => Err(format!("another page: {response:?}").into()),
    }
}

fn refuses(client: &Node, target: Target, expected: Status) -> Result<(), Failed> {
    match client.http_get(target, "/") {
        Err(error) if error.socks_status() == Some(expected) => Ok(()),
        other => Err(format!("expected {expected}, got {other:?}").into()),
    }
}
