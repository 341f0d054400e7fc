//! What happens to a network while it runs.

use std::time::Duration;

use libtest_mimic::Failed;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tor_harness_client::Client;
use tor_harness_control::auth::AuthConfig;
use tor_harness_netdoc::Flavor;
use tor_harness_process::{ConsensusTimes, Link, Node, NodeSpec, TestNetwork};
use tor_harness_testnet::{Network, Seed};
use tor_harness_traffic::{EchoServer, HttpServer, Socks5, TrafficCheck, http_get_over};
use tor_harness_types::Listen;

use crate::Test;
use crate::testnet::entries;
use crate::wait::until;

pub(crate) const TESTS: &[Test] = &[
    ("life::nodes_come_back", nodes_come_back),
    (
        "life::a_crashed_node_starts_again",
        a_crashed_node_starts_again,
    ),
    ("life::a_guard_is_cut_off", a_guard_is_cut_off),
    (
        "life::a_slow_relay_loses_nothing",
        a_slow_relay_loses_nothing,
    ),
    (
        "life::a_newer_consensus_is_taken",
        a_newer_consensus_is_taken,
    ),
    ("life::a_fresh_consensus_stays", a_fresh_consensus_stays),
    ("life::clients_look_at_the_clock", clients_look_at_the_clock),
];

/// How long each thing may take; a busy machine is no broken network.
const DEADLINE: Duration = Duration::from_secs(60);

fn nodes_come_back() -> Result<(), Failed> {
    let server = HttpServer::serving("hi")?;
    let mut network = TestNetwork::builder()
        .nodes(["relay0", "relay1", "relay2", "relay3"].map(NodeSpec::relay))
        .nodes(
            ["exit0", "exit1"]
                .map(|name| NodeSpec::exit(name).flag("Guard", false).through_proxy()),
        )
        .node(NodeSpec::client("client0"))
        .deadline(DEADLINE)
        .start()?;
    page(&network, &server)?;
    let fingerprint = |network: &TestNetwork, nickname: &str| {
        let node = network.node(nickname);
        node.and_then(Node::fingerprint).ok_or("no such relay")
    };
    let [exit0, exit1] = [
        fingerprint(&network, "exit0")?,
        fingerprint(&network, "exit1")?,
    ];

    node(&mut network, "exit0")?.stop()?;
    if node(&mut network, "exit0")?.is_running() {
        return Err("exit0 runs after it was stopped".into());
    }
    client(&network)?.wait_until_without(exit0)?;
    page(&network, &server)?;

    let again = node(&mut network, "exit0")?;
    again.start()?;
    let told = again.tor().client()?.get_info("fingerprint")?;
    if told != exit0.to_string() {
        return Err("exit0 has other keys now".into());
    }
    // From here on it is the only exit.
    node(&mut network, "exit1")?.kill()?;
    client(&network)?.wait_until_without(exit1)?;
    page(&network, &server)?;

    let client = node(&mut network, "client0")?;
    client.stop()?;
    client.start()?;
    client.wait_until_bootstrapped()?;
    page(&network, &server)?;
    network.stop().map_err(Failed::from)
}

fn a_crashed_node_starts_again() -> Result<(), Failed> {
    let crashing = NodeSpec::relay("relay0")
        .torrc_line("MaxAdvertisedBandwidth 800 MBytes")
        .listen(Listen::Tcp)
        .auth(AuthConfig::null().and_cookie());
    let mut network = TestNetwork::builder()
        .nodes([crashing, NodeSpec::relay("relay1")])
        .deadline(DEADLINE)
        .launch()?;
    let crashed = node(&mut network, "relay0")?;
    // What was told to have it make its descriptor is not left.
    let rate = crashed.tor().client()?.get_conf("MaxAdvertisedBandwidth")?;
    if rate != ["838860800"] {
        return Err(format!("expected 800 MBytes, got {rate:?}").into());
    }
    let pid = Pid::from_raw(crashed.tor().pid().cast_signed());
    kill(pid, Signal::SIGABRT)?;
    until(DEADLINE, || match crashed.is_running() {
        true => Err("it lives".to_owned()),
        false => Ok(()),
    })?;
    let told = crashed.stop().map_err(|error| error.to_string());
    if !told.as_ref().is_err_and(|told| told.contains("SIGABRT")) {
        return Err(format!("expected an error that names SIGABRT, got {told:?}").into());
    }
    crashed.start()?;
    // Others know where it is now, how to get in as well.
    let other = network.node("relay1").ok_or("no relay1")?;
    let told = other.wait_for("that tor fails", &[], |client| {
        client.get_info("no/such/key").map(Some)
    });
    let told = told.map_err(|error| error.to_string()).err();
    let told = told.ok_or("expected an error")?;
    let silent = ["has ended", "does not answer"];
    match told.contains("relay0 (Relay) ") && !silent.iter().any(|how| told.contains(how)) {
        true => Ok(()),
        false => Err(told.into()),
    }
}

/// The client knows one guard alone.
fn before_a_guard() -> Result<TestNetwork, Failed> {
    let network = TestNetwork::builder()
        .node(NodeSpec::relay("guard0").through_proxy())
        .nodes(["middle0", "middle1"].map(NodeSpec::middle))
        .node(NodeSpec::exit("exit0").flag("Guard", false))
        .node(NodeSpec::client("client0"))
        .deadline(DEADLINE)
        .start()?;
    Ok(network)
}

fn a_guard_is_cut_off() -> Result<(), Failed> {
    let server = HttpServer::serving("hi")?;
    let network = before_a_guard()?;
    page(&network, &server)?;
    let guard = network.node("guard0").ok_or("no guard0")?;
    let proxy = guard.proxy().ok_or("no proxy")?;
    let mut control = client(&network)?.tor().client()?;
    control.set_deadline(DEADLINE);
    control.set_events(&["ORCONN"])?;

    proxy.cut();
    let fingerprint = guard.fingerprint().ok_or("no fingerprint")?.to_string();
    connection(&mut control, &fingerprint, "CLOSED")?;
    proxy.restore();
    connection(&mut control, &fingerprint, "CONNECTED")?;
    page(&network, &server)?;
    network.stop().map_err(Failed::from)
}

fn a_slow_relay_loses_nothing() -> Result<(), Failed> {
    let echo = EchoServer::start()?;
    let network = before_a_guard()?;
    let proxy = network.node("guard0").and_then(Node::proxy);
    let proxy = proxy.ok_or("no proxy")?;
    let socks = socks(&network)?;
    let check = TrafficCheck::new(100_000, 3).within(DEADLINE);
    for link in [
        Link::new().latency(Duration::from_millis(20)),
        Link::new().bytes_per_second(1_000_000),
    ] {
        proxy.set(link);
        let before = proxy.counts().to_target;
        check.run(|_| socks.connect(echo.address()))?;
        let through = proxy.counts().to_target - before;
        if through < 300_000 {
            return Err(format!("{through} bytes went through the proxy").into());
        }
    }
    healthy(&network)?;
    network.stop().map_err(Failed::from)
}

fn a_newer_consensus_is_taken() -> Result<(), Failed> {
    let server = HttpServer::serving("hi")?;
    let mut network = TestNetwork::builder()
        .nodes(["relay0", "relay1"].map(NodeSpec::relay))
        .nodes(["exit0", "exit1"].map(NodeSpec::exit))
        .node(NodeSpec::client("client0"))
        .imaginary(100)
        .times(ConsensusTimes::stale())
        .deadline(DEADLINE)
        .start()?;
    let mut control = client(&network)?.tor().client()?;
    control.set_deadline(DEADLINE);
    let mut lists_what_was_published = |network: &TestNetwork| {
        let directory = network.directory().ok_or("no directory")?;
        let expected = entries(&directory.consensus(Flavor::Microdesc).encode())?;
        match control.get_info("ns/all")? == expected {
            true => Ok(directory.relays.len()),
            false => Err(Failed::from("ns/all is another")),
        }
    };
    let first = lists_what_was_published(&network)?;
    let mut events = client(&network)?.tor().client()?;
    events.set_deadline(DEADLINE);
    events.set_events(&["NEWCONSENSUS"])?;

    // Relays go, others get and lose flags.
    network.publish(|network| {
        network.relays.truncate(50);
        network.relays[40].set_flag("Exit", true);
        network.relays[0].set_flag("Guard", false);
    })?;
    events.wait_for_event("NEWCONSENSUS", |event| {
        event.code.as_str() == "NEWCONSENSUS"
    })?;
    let second = lists_what_was_published(&network)?;
    // Relays come that nobody knew.
    network.publish(|network| {
        let now = network.status.valid_after;
        let more = Network::new(Seed::new(2), 0, 20, now).relays;
        network.relays.extend(more.into_iter().map(|mut relay| {
            relay.bandwidth = 0;
            for flag in ["Guard", "HSDir", "V2Dir"] {
                relay.set_flag(flag, false);
            }
            relay
        }));
    })?;
    events.wait_for_event("NEWCONSENSUS", |event| {
        event.code.as_str() == "NEWCONSENSUS"
    })?;
    let third = lists_what_was_published(&network)?;
    if [first, second, third] != [103, 50, 70] {
        return Err(format!("{first}, {second}, {third} relays").into());
    }
    page(&network, &server)?;
    healthy(&network)?;
    network.stop().map_err(Failed::from)
}

fn a_fresh_consensus_stays() -> Result<(), Failed> {
    let mut network = TestNetwork::builder()
        .node(NodeSpec::relay("relay0"))
        .launch()?;
    match network.publish(|_| {}) {
        Err(error) if error.to_string().contains("ConsensusTimes::stale()") => Ok(()),
        other => Err(format!("expected a hint, got {other:?}").into()),
    }
}

/// How far clients get with a consensus of some other time, and what they say.
fn clients_look_at_the_clock() -> Result<(), Failed> {
    const DONE: &str = "PROGRESS=100 TAG=done";
    const STATUS: &str = "PROGRESS=30 TAG=loading_status";
    const KEYS: &str = "PROGRESS=40 TAG=loading_keys";
    let year = 365 * 24 * 3600;
    for (times, expires, phase, says) in [
        (ConsensusTimes::default(), year, DONE, ""),
        (ConsensusTimes::stale(), year, DONE, ""),
        (ConsensusTimes::expired(), year, DONE, ""),
        (
            ConsensusTimes::long_expired(),
            year,
            STATUS,
            "404 (\"Consensus is too old\")",
        ),
        (ConsensusTimes::not_yet_valid(), year, DONE, "CLOCK_SKEW"),
        (
            ConsensusTimes::long_before_valid(),
            year,
            STATUS,
            "CLOCK_SKEW",
        ),
        (
            ConsensusTimes::default(),
            -3600,
            KEYS,
            "need to download a new certificate",
        ),
    ] {
        let network = TestNetwork::builder()
            .nodes(["relay0", "relay1"].map(NodeSpec::relay))
            .nodes(["exit0", "exit1"].map(NodeSpec::exit))
            .node(NodeSpec::client("client0"))
            .times(times)
            .certificate_expires(expires)
            .deadline(DEADLINE)
            .launch()?;
        let node = client(&network)?;
        let expected = format!("{phase} and {says:?} of {times:?}");
        // Of lines in the log no event tells; BW comes each second.
        node.wait_for(&expected, &["STATUS_CLIENT", "BW"], |control| {
            let is_there = control.get_info("status/bootstrap-phase")?.contains(phase);
            Ok((is_there && node.tor().log().contains(says)).then_some(()))
        })?;
        let is_enough = node.tor().client()?.get_info("status/enough-dir-info")? == "1";
        if is_enough != (phase == DONE) {
            return Err(format!("{expected}: enough is {is_enough}\n{}", node.tor().log()).into());
        }
    }
    Ok(())
}

/// Waits until the client says this of its connection to a relay.
fn connection(control: &mut Client, fingerprint: &str, status: &str) -> Result<(), Failed> {
    let expected = format!("ORCONN ${fingerprint} {status}");
    control.wait_for_event(&expected, |event| {
        let text = String::from_utf8_lossy(event.arguments());
        let mut words = text.split(' ');
        words.next().is_some_and(|name| name.contains(fingerprint)) && words.next() == Some(status)
    })?;
    Ok(())
}

fn node<'a>(network: &'a mut TestNetwork, nickname: &str) -> Result<&'a mut Node, Failed> {
    let node = network.node_mut(nickname);
    node.ok_or_else(|| format!("no node {nickname}").into())
}

/// Nobody complains.
fn healthy(network: &TestNetwork) -> Result<(), Failed> {
    let complaints = network.complaints()?;
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(complaints.join("\n").into()),
    }
}

fn client(network: &TestNetwork) -> Result<&Node, Failed> {
    network.client().ok_or_else(|| "no client".into())
}

fn socks(network: &TestNetwork) -> Result<Socks5, Failed> {
    let address = client(network)?.socks_address().ok_or("no SOCKS port")?;
    Ok(Socks5::new(address.into())?.within(DEADLINE))
}

/// Fetches the server's page through the network.
fn page(network: &TestNetwork, server: &HttpServer) -> Result<(), Failed> {
    let told = |error: &dyn std::error::Error| {
        let log = network.client().map(|client| client.tor().log());
        Failed::from(format!("{error}\n{}", log.unwrap_or_default()))
    };
    let stream = socks(network)?.connect(server.address());
    let stream = stream.map_err(|error| told(&error))?;
    let host = server.address().to_string();
    let response = http_get_over(&stream, &host, "/", DEADLINE).map_err(|error| told(&error))?;
    match response.body == b"hi" {
        true => Ok(()),
        false => Err(format!("another page: {response:?}").into()),
    }
}
