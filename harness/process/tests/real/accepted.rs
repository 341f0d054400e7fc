//! A private network that takes what testnet makes: relays, an onion service.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use libtest_mimic::Failed;
use tor_harness_client::Client;
use tor_harness_control::command::{Command, HsFetch, HsPost};
use tor_harness_control::event::GenericEvent;
use tor_harness_netdoc::TimePeriod;
use tor_harness_process::{Node, NodeSpec, TestNetwork};
use tor_harness_testnet::{OnionService, Publication, Relay, Seed};
use tor_harness_types::UtcSeconds;

use crate::Test;

pub(crate) const TESTS: &[Test] = &[("testnet::is_taken_by_a_network", is_taken_by_a_network)];

/// How long each thing may take; a busy machine is no broken network.
const DEADLINE: Duration = Duration::from_secs(60);
/// How often the network's authorities vote, in seconds.
const VOTING_INTERVAL: u32 = 10;
/// How long a time period is there, in minutes: 24 such intervals.
const MINUTES: u32 = 24 * VOTING_INTERVAL / 60;
/// How many relays are uploaded.
const RELAYS: u64 = 200;

fn is_taken_by_a_network() -> Result<(), Failed> {
    // The relays that are uploaded have the keys of another seed.
    let mut network = TestNetwork::builder().voting().seed(2).deadline(DEADLINE);
    // Nobody listens where the relays of testnet are.
    let authority = NodeSpec::authority("auth0").torrc_line("AuthDirTestReachability 0");
    network = network.node(authority).node(NodeSpec::client("client"));
    for number in 0..4 {
        network = network.node(NodeSpec::relay(format!("real{number}")));
    }
    let network = network.node(NodeSpec::exit("exit0")).launch()?;
    network.wait_for_consensus()?;
    let node = |nickname| network.node(nickname).ok_or("no node of that name");
    onion_service(node("client")?)?;
    relays(node("auth0")?)?;
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
    let descriptors: Vec<_> = relays
        .iter()
        .map(|one| one.server_descriptor().encode())
        .collect();
    let extra_infos: Vec<_> = relays.iter().map(|one| one.extra_info().encode()).collect();
    let address = authority
        .dir_address()
        .ok_or("an authority without a DirPort")?;
    for documents in [descriptors, extra_infos] {
        let body = documents.concat();
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(DEADLINE))?;
        write!(
            stream,
            "POST /tor/ HTTP/1.0\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )?;
        stream.write_all(&body)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if !answer.starts_with("HTTP/1.0 200 ") {
            return Err(format!("the authority refuses: {answer}").into());
        }
    }
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
