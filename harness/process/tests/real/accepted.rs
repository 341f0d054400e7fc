//! Private networks that take what testnet makes: relays, bridges, an onion service.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use libtest_mimic::Failed;
use tor_harness_client::Client;
use tor_harness_control::command::{Command, HsFetch, HsPost};
use tor_harness_control::event::GenericEvent;
use tor_harness_netdoc::TimePeriod;
use tor_harness_process::{Node, NodeSpec, TestNetwork};
use tor_harness_testnet::{Bridge, Network, OnionService, Publication, Relay, Seed};
use tor_harness_types::UtcSeconds;

use crate::Test;
use crate::testnet::now;

pub(crate) const TESTS: &[Test] = &[
    ("testnet::is_taken_by_a_network", is_taken_by_a_network),
    (
        "testnet::bridges_are_taken_by_their_authority",
        bridges_are_taken_by_their_authority,
    ),
];

/// How long each thing may take; a busy machine is no broken network.
const DEADLINE: Duration = Duration::from_secs(60);
/// How often the network's authorities vote, in seconds.
const VOTING_INTERVAL: u32 = 10;
/// How long a time period is there, in minutes: 24 such intervals.
const MINUTES: u32 = 24 * VOTING_INTERVAL / 60;
/// How many relays are uploaded.
const RELAYS: u64 = 200;

fn is_taken_by_a_network() -> Result<(), Failed> {
    let testnet = Network::new(Seed::new(1), 1, RELAYS, now()?);
    // The relays that are uploaded have the keys of another seed.
    let mut network = TestNetwork::builder().voting().seed(2).deadline(DEADLINE);
    // Nobody listens where the relays of testnet are.
    let authority = NodeSpec::authority("auth0")
        .torrc_line("AuthDirTestReachability 0")
        .torrc_line("V3BandwidthsFile {dir}/bandwidth")
        .file("bandwidth", testnet.bandwidth_file().encode());
    network = network.node(authority).node(NodeSpec::client("client"));
    for number in 0..4 {
        network = network.node(NodeSpec::relay(format!("real{number}")));
    }
    let network = network.node(NodeSpec::exit("exit0")).launch()?;
    network.wait_for_consensus()?;
    let node = |nickname| network.node(nickname).ok_or("no node of that name");
    onion_service(node("client")?)?;
    let authority = node("auth0")?;
    relays(authority)?;
    measurements(authority, &testnet)?;
    network.stop()?;
    Ok(())
}

/// The bridge authority lists bridges as their status entries have them.
fn bridges_are_taken_by_their_authority() -> Result<(), Failed> {
    let authority = NodeSpec::bridge_authority("auth0").torrc_line("AuthDirTestReachability 0");
    // The bridges have the keys of another seed.
    let network = TestNetwork::builder().voting().seed(2).deadline(DEADLINE);
    let network = network.node(authority).launch()?;
    network.wait_for_consensus()?;
    let authority = network.node("auth0").ok_or("no authority")?;
    let now = now()?;
    let bridges: Vec<_> = (0..3)
        .map(|number| Bridge::new(Seed::new(1), number, now))
        .collect();
    upload(
        authority,
        bridges.iter().map(|one| one.server_descriptor().encode()),
    )?;
    upload(
        authority,
        bridges.iter().map(|one| one.extra_info().encode()),
    )?;
    let mut control = authority.tor().client()?;
    let entries = control.get_info("ns/purpose/bridge")?;
    for bridge in &bridges {
        let entry = bridge.status_entry().encode();
        let line = core::str::from_utf8(&entry)?.lines().next();
        let line = line.ok_or("an entry without lines")?;
        if !entries.lines().any(|one| one == line) {
            return Err(format!("no {line} in {entries}").into());
        }
    }
    network.stop()?;
    Ok(())
}

/// Directories take its descriptor, and a client opens what they give.
fn onion_service(client: &Node) -> Result<(), Failed> {
    client.wait_until_bootstrapped()?;
    let mut control = client.tor().client()?;
    control.set_deadline(DEADLINE);
    control.set_events(&["HS_DESC"])?;
    let mut service = OnionService::new(Seed::new(1), 0);
    let address = service.address().to_string();
    let mut revision = 0;
    loop {
        let time = valid_after(&mut control)?;
        let period = period(time)?;
        revision += 1;
        service.introduction_points = (0..3)
            .map(|one| Relay::new(Seed::new(1), one, time))
            .collect();
        let descriptor = service
            .descriptor(&Publication {
                period,
                revision,
                time,
            })
            .encode();
        control.ask_ok(&Command::HsPost(HsPost {
            address: Some(address.as_str().into()),
            descriptor: descriptor.as_slice().into(),
            ..HsPost::default()
        }))?;
        let is = |action: &'static [u8]| {
            move |event: &GenericEvent<'_>| event.arguments().starts_with(action)
        };
        control.wait_for_event("an upload", is(b"UPLOADED"))?;
        control.ask_ok(&Command::HsFetch(HsFetch {
            target: address.as_str().into(),
            servers: Vec::new(),
            others: Vec::new(),
        }))?;
        let fetched = control.wait_for_event("the descriptor", is(b"RECEIVED"));
        // Directories of another period do not have it: once more.
        if self::period(valid_after(&mut control)?)? != period {
            continue;
        }
        fetched?;
        let known = control.get_info(&format!("hs/client/desc/id/{address}"))?;
        return match known.trim_end().as_bytes() == descriptor.trim_ascii_end() {
            true => Ok(()),
            false => Err(format!("the client has another descriptor: {known}").into()),
        };
    }
}

fn valid_after(control: &mut Client) -> Result<UtcSeconds, Failed> {
    Ok(control.get_info("consensus/valid-after")?.parse()?)
}

fn period(time: UtcSeconds) -> Result<TimePeriod, Failed> {
    TimePeriod::at(time, MINUTES, VOTING_INTERVAL).ok_or_else(|| "a time before all periods".into())
}

/// The authority takes their descriptors, and all are in a consensus that it signs.
fn relays(authority: &Node) -> Result<(), Failed> {
    let mut control = authority.tor().client()?;
    control.set_deadline(DEADLINE);
    let now = valid_after(&mut control)?;
    let relays: Vec<_> = (0..RELAYS)
        .map(|number| Relay::new(Seed::new(1), number, now))
        .collect();
    upload(
        authority,
        relays.iter().map(|one| one.server_descriptor().encode()),
    )?;
    upload(
        authority,
        relays.iter().map(|one| one.extra_info().encode()),
    )?;
    control.set_events(&["NEWCONSENSUS"])?;
    // The vote that is under way may be without them.
    let mut listed = 0;
    for _ in 0..3 {
        control.wait_for_event("a consensus", |_| true)?;
        let entries = control.get_info("ns/all")?;
        let is_listed = |relay: &&Relay| entries.contains(&format!("r {} ", relay.nickname));
        listed = relays.iter().filter(is_listed).count();
        if listed == relays.len() {
            return Ok(());
        }
    }
    Err(format!("{listed} of {RELAYS} relays are in the consensus").into())
}

/// Its vote measures them by our bandwidth file, and says so, as ours do.
fn measurements(authority: &Node, testnet: &Network) -> Result<(), Failed> {
    let request = b"GET /tor/status-vote/current/authority HTTP/1.0\r\n\r\n";
    let answer = ask(authority, request)?;
    let (_, theirs) = answer.split_once("\r\n\r\n").ok_or("no vote")?;
    let theirs = measured(theirs);
    let ours = testnet.vote(&testnet.authorities[0]).encode();
    let ours = measured(core::str::from_utf8(&ours)?);
    // Each has an authority of its own.
    let is_missing = |line: &&String| !line.starts_with("auth0 ") && !theirs.contains(line);
    let missing: Vec<_> = ours.iter().filter(is_missing).collect();
    match ours.len() as u64 > RELAYS && missing.is_empty() {
        true => Ok(()),
        false => Err(format!("the authority votes {theirs:#?}, without {missing:#?}").into()),
    }
}

/// The lines of a vote about the bandwidth file, and about the bandwidth of each relay by its name.
fn measured(vote: &str) -> Vec<String> {
    let mut relay = "";
    let mut all = Vec::new();
    for line in vote.lines() {
        match line.split_once(' ') {
            Some(("r", entry)) => relay = entry.split(' ').next().unwrap_or_default(),
            Some(("bandwidth-file-headers" | "bandwidth-file-digest" | "w", _)) => {
                all.push(format!("{relay} {line}"));
            }
            _ => {}
        }
    }
    all
}

/// An authority takes these documents.
fn upload(authority: &Node, documents: impl Iterator<Item = Vec<u8>>) -> Result<(), Failed> {
    let body = documents.collect::<Vec<_>>().concat();
    let request = format!(
        "POST /tor/ HTTP/1.0\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer = ask(authority, &[request.as_bytes(), &body].concat())?;
    match answer.starts_with("HTTP/1.0 200 ") {
        true => Ok(()),
        false => Err(format!("the authority refuses: {answer}").into()),
    }
}

/// What an authority answers.
fn ask(authority: &Node, request: &[u8]) -> Result<String, Failed> {
    let address = authority
        .dir_address()
        .ok_or("an authority without a DirPort")?;
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    stream.write_all(request)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
