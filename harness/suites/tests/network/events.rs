//! Every event that comes only where a network lives.
//!
//! But TRANSPORT_LAUNCHED, which needs another program, is among the bridges, and so is what
//! CLIENTS_SEEN says, which a bridge sends when it has run for a day.

use tor_harness::prelude::*;
use tor_harness::process::{Node, NodeSpec, TestNetwork};
use tor_harness::runner::Test;
use tor_harness::traffic::{EchoServer, TrafficCheck};

use crate::circuits::extend;
use crate::live::{WITHIN, ask, fetch, relays, serve};
use crate::onions::{NOBODY, add};
use crate::watch::Watch;

/// An event: the node that sends it, its name, what it has.
type Awaited = (&'static str, &'static str, &'static [&'static str]);

/// In any order, each of another event.
#[rustfmt::skip] // One line each.
const EVENTS: &[Awaited] = &[
    ("client0", "ADDRMAP", &["mapped.example 127.0.0.1 "]),
    ("client0", "BUILDTIMEOUT_SET", &[" RESET "]),
    ("client0", "BW", &[]),
    ("client0", "CELL_STATS", &["ID="]),
    ("client0", "CIRC", &[" LAUNCHED "]),
    ("client0", "CIRC", &[" EXTENDED "]),
    ("client0", "CIRC", &[" BUILT "]),
    ("client0", "CIRC", &["REND_QUERY="]),
    ("client0", "CIRC", &[" CLOSED "]),
    ("client0", "CIRC_BW", &[]),
    ("client0", "CIRC_MINOR", &[" PURPOSE_CHANGED "]),
    ("client0", "CONN_BW", &["TYPE=OR"]),
    ("client0", "GUARD", &[" NEW"]),
    ("client0", "GUARD", &[" UP"]),
    ("client0", "HS_DESC", &[" CREATED "]),
    ("client0", "HS_DESC", &[" UPLOAD "]),
    ("client0", "HS_DESC", &[" UPLOADED "]),
    ("client0", "HS_DESC", &[" REQUESTED "]),
    ("client0", "HS_DESC", &[" RECEIVED "]),
    ("client0", "HS_DESC", &[" FAILED ", NOBODY]),
    ("client0", "HS_DESC_CONTENT", &["hs-descriptor 3"]),
    ("client0", "HS_DESC_CONTENT", &[NOBODY]),
    ("client0", "NETWORK_LIVENESS", &[" UP"]),
    ("client0", "NEWCONSENSUS", &[" relay0 "]),
    ("client0", "NEWDESC", &["~relay0"]),
    ("client0", "NS", &[" relay0 "]),
    ("client0", "ORCONN", &[" LAUNCHED "]),
    ("client0", "ORCONN", &[" CONNECTED "]),
    ("client0", "STATUS_CLIENT", &[" BOOTSTRAP ", "PROGRESS=100"]),
    ("client0", "STATUS_CLIENT", &[" CIRCUIT_ESTABLISHED"]),
    ("client0", "STATUS_CLIENT", &[" CONSENSUS_ARRIVED"]),
    ("client0", "STATUS_CLIENT", &[" ENOUGH_DIR_INFO"]),
    ("client0", "STREAM", &[" NEW ", "PURPOSE=DIR_FETCH"]),
    ("client0", "STREAM", &[" NEW ", "PURPOSE=USER"]),
    ("client0", "STREAM", &[" SENTCONNECT "]),
    ("client0", "STREAM", &[" SUCCEEDED "]),
    ("client0", "STREAM", &[" CLOSED "]),
    ("client0", "STREAM_BW", &[]),
    ("relay0", "BW", &[]),
    ("relay0", "CELL_STATS", &["InboundQueue="]),
    ("relay0", "CONN_BW", &["TYPE=OR"]),
    ("relay0", "ORCONN", &[" NEW "]),
];

pub(crate) fn tests() -> Vec<Test> {
    vec![Test::new("events: each that there is, read strictly", all_come).deadline(2 * WITHIN)]
}

fn all_come(ctx: &Context) -> TestResult {
    let network = ctx.setup(|| {
        TestNetwork::builder()
            .nodes(relays())
            .deadline(WITHIN)
            .start()
    })?;
    // It knows nothing of its network, and begins when it is told.
    let late = NodeSpec::client("client0").torrc_line("DisableNetwork 1");
    let client = &ctx.setup(|| network.join(late))?;
    let relay = network.node("relay0").ok_or("no relay0")?;
    let mut watches = [
        ("client0", Watch::all(client.tor().client()?)?),
        ("relay0", Watch::all(relay.tor().client()?)?),
    ];
    cause(client, &network)?;
    for (name, event, has) in EVENTS {
        let watch = watches.iter_mut().find(|(watched, _)| watched == name);
        let (_, watch) = watch.ok_or("nobody listens to that node")?;
        watch.wait(event, has)?;
    }
    let [(_, client), (_, relay)] = watches;
    client.end()?;
    relay.end().map(drop)
}

/// Does with a client whatever brings events.
fn cause(client: &Node, network: &TestNetwork) -> TestResult {
    let mut control = client.tor().client()?;
    ask(&mut control, "SETCONF DisableNetwork=0")?;
    client.wait_until_bootstrapped()?;

    let (page, echo) = (serve()?, EchoServer::start()?);
    let socks = client.socks()?;
    ask(&mut control, "MAPADDRESS mapped.example=127.0.0.1")?;
    fetch(&socks, ("mapped.example", page.address().port()))?;
    let address = add(client, &mut control, "", page.address().port())?;
    fetch(&socks, (format!("{address}.onion"), 80))?;
    ask(&mut control, &format!("HSFETCH {NOBODY}"))?;

    let circuit = extend(&mut control, "relay0,relay1,exit0")?;
    ask(&mut control, &format!("CLOSECIRCUIT {circuit}"))?;
    ask(&mut control, "DROPTIMEOUTS")?;
    post(&mut control, network)?;
    // Open for as long as it takes until bytes of it are told.
    let check = TrafficCheck::new(100_000, 1);
    check.run(|_stream| socks.connect(echo.address()))?;
    Ok(())
}

/// Gives the client a relay's descriptor.
fn post(control: &mut Client, network: &TestNetwork) -> TestResult {
    let directory = network.directory().ok_or("no directory")?;
    let relays = directory.all_relays();
    let relay = relays
        .iter()
        .find(|relay| relay.nickname.as_str() == "relay0");
    let descriptor = relay.ok_or("no relay0")?.server_descriptor().encode();
    let lines = String::from_utf8(descriptor)?.replace('\n', "\r\n");
    control.send(format!("+POSTDESCRIPTOR purpose=controller\r\n{lines}.\r\n").as_bytes())?;
    let reply = control.reply("the reply to POSTDESCRIPTOR")?;
    match reply.as_message().last().status.is_positive() {
        true => Ok(()),
        false => Err(format!("POSTDESCRIPTOR: {reply:?}").into()),
    }
}
