//! Clients that begin their circuits with a bridge.

use tor_harness::control::info::Value;
use tor_harness::prelude::*;
use tor_harness::process::{NodeSpec, TestNetwork};
use tor_harness::runner::Test;

use crate::live::{WITHIN, fetch, relays, serve, socks};
use crate::watch::Watch;

pub(crate) fn tests() -> Vec<Test> {
    vec![Test::new(
        "bridges: every circuit begins with one",
        begins_with_one,
    )]
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
    fetch(&socks(client)?, server.address())?;
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
    watch.end().map(drop)
}
