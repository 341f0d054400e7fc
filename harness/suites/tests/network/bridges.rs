//! Clients that begin their circuits with a bridge.

use tor_harness::control::info::Value;
use tor_harness::prelude::*;
use tor_harness::process::{NodeSpec, TestNetwork, find_obfs4proxy};
use tor_harness::runner::Test;

use crate::live::{WITHIN, ask, fetch, healthy, relays, serve};
use crate::watch::Watch;

pub(crate) fn tests() -> Vec<Test> {
    let obfs4 = Test::new("bridges: one that speaks obfs4", speaks_obfs4);
    vec![
        Test::new("bridges: every circuit begins with one", begins_with_one),
        obfs4.deadline(2 * WITHIN).requires(|| {
            find_obfs4proxy()
                .map(drop)
                .map_err(|error| error.to_string())
        }),
    ]
}

fn begins_with_one(ctx: &Context) -> TestResult {
    let server = serve()?;
    let network = ctx.setup(|| {
        TestNetwork::builder()
            .nodes(relays())
            .node(NodeSpec::bridge("bridge0"))
            .node(NodeSpec::client("client0").use_bridges())
            .deadline(WITHIN)
            .start()
    })?;
    let client = network.client().ok_or("no client")?;
    let node = network.node("bridge0").ok_or("no bridge")?;
    let bridge = format!("${}~bridge0", node.fingerprint().ok_or("no bridge")?);
    let mut control = client.tor().client()?;
    let mut watch = Watch::new(client.tor().client()?, &["CIRC", "STREAM", "GUARD"])?;
    fetch(&client.socks()?, server.address())?;
    let succeeded = watch.wait("STREAM", &[" SUCCEEDED "])?;
    let circuit = succeeded.get(2).ok_or("a stream without a circuit")?;
    let circuits = control.get_info("circuit-status")?;
    if !circuits
        .lines()
        .any(|line| line.starts_with(&format!("{circuit} BUILT {bridge},")))
    {
        return Err(format!("circuit {circuit} does not begin with {bridge}: {circuits}").into());
    }
    let guards = control.get_info("entry-guards")?;
    if !guards.contains(&bridge) {
        return Err(format!("{bridge} is no guard: {guards}").into());
    }
    let seen = node.tor().client()?.get_info("status/clients-seen")?;
    let value = Value::parse("status/clients-seen", seen.as_bytes())?;
    if !matches!(value, Value::ClientsSeen(_)) || !seen.contains(" IPVersions=v4=") {
        return Err(format!("the bridge has seen no client: {seen}").into());
    }
    healthy(&network)?;
    watch.end().map(drop)
}

fn speaks_obfs4(ctx: &Context) -> TestResult {
    let server = serve()?;
    let network = ctx.setup(|| {
        TestNetwork::builder()
            .nodes(relays())
            .node(NodeSpec::bridge("bridge0").obfs4())
            .node(NodeSpec::client("client0").use_bridges())
            .deadline(WITHIN)
            .start()
    })?;
    let client = network.client().ok_or("no client")?;
    fetch(&client.socks()?, server.address())?;
    // Once more, for who listens now: its program ends with the network, and starts again.
    let mut watch = Watch::all(client.tor().client()?)?;
    let mut control = client.tor().client()?;
    ask(&mut control, "SETCONF DisableNetwork=1")?;
    ask(&mut control, "SETCONF DisableNetwork=0")?;
    watch.wait("TRANSPORT_LAUNCHED", &[" client obfs4 127."])?;
    watch.wait("ORCONN", &["~bridge0 CONNECTED "])?;
    watch.end().map(drop)
}
