//! `tor-harness network`.

use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use tor_harness::Announcement;
use tor_harness::process::{NodeSpec, TestNetwork, TestNetworkBuilder};
use tor_harness::traffic::{EchoServer, HttpServer};

use crate::args::NetworkArgs;
use crate::owner::Endings;
use crate::progress::Progress;
use crate::session;

/// What the server of pages has.
const PAGE: &str = "this page came through a private tor network\n";

/// How many authorities vote where they do.
const AUTHORITIES: usize = 3;

/// Runs a private network until the command is to end.
pub(crate) fn run(args: NetworkArgs) -> Result<ExitCode> {
    let parent = args.common.parent();
    let auth = args.common.auth()?;
    let password = auth.passwords.first().cloned();
    let http = HttpServer::serving(PAGE).context("a server of pages")?;
    let echo = EchoServer::start().context("an echo server")?;
    let client = NodeSpec::client("client0")
        .auth(auth)
        .listen(args.common.listen.clone());
    let network = start(describe(&args, client, http.address().port()))?;
    let client = network
        .client()
        .ok_or_else(|| anyhow!("the network has no client"))?;

    let mut endings = Endings::listen(parent)?;
    let announcement = Announcement {
        http: Some(http.address().to_string()),
        echo: Some(echo.address().to_string()),
        ..Announcement::network(&network, client, password)
    };
    let tor = client.tor();
    session::hold(
        &args.common,
        &mut endings,
        &announcement,
        tor.endpoint(),
        || tor.has_ended(),
    )
}

/// What the network should be like.
fn describe(args: &NetworkArgs, client: NodeSpec, page: u16) -> TestNetworkBuilder {
    let mut network = TestNetwork::builder()
        .seed(args.seed)
        .imaginary(args.imaginary)
        .nodes(named("relay", args.relays).map(NodeSpec::relay))
        .nodes(named("exit", args.exits).map(NodeSpec::exit))
        .nodes(named("bridge", args.bridges).map(NodeSpec::bridge));
    if args.voting {
        let authorities = named("auth", AUTHORITIES).map(NodeSpec::authority);
        network = network.voting().nodes(authorities);
    }
    if let Some(target) = args.onion {
        let target = target.map_or(page, Into::into);
        network = network.node(NodeSpec::onion_service("onion0", target));
    }
    if let Some(tor) = &args.tor {
        network = network.executable(tor);
    }
    network.node(match args.bridges {
        0 => client,
        _ => client.use_bridges(),
    })
}

fn named(kind: &str, count: usize) -> impl Iterator<Item = String> {
    (0..count).map(move |number| format!("{kind}{number}"))
}

/// Starts it, and waits until its client has bootstrapped, and its onion service can be reached.
fn start(network: TestNetworkBuilder) -> Result<TestNetwork> {
    let progress = Progress::doing("starting a private network");
    let network = network.launch()?;
    progress.now("waiting for its nodes to bootstrap");
    network.wait_until_ready()?;
    progress.now("waiting for its onion service to be published");
    for node in network.nodes() {
        node.wait_until_published()?;
    }
    Ok(network)
}
