//! `tor-harness network`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tor_harness::Announcement;
use tor_harness::process::{Node, NodeSpec, Role, TestNetwork, TestNetworkBuilder};
use tor_harness::traffic::{EchoServer, HttpServer};
use tor_harness_scratch::Folder;

use crate::args::NetworkArgs;
use crate::owner::Endings;
use crate::progress::Progress;
use crate::{exit, session};

/// What the server of pages has.
const PAGE: &str = "this page came through a private tor network\n";

/// How many authorities vote where they do.
const AUTHORITIES: usize = 3;

/// The port of the client's address at which Arti is told to take streams.
const ARTI_PORT: u16 = 9150;

/// Runs a private network until the command is to end.
pub(crate) fn run(args: NetworkArgs) -> Result<ExitCode> {
    let parent = args.common.parent();
    let auth = args.common.auth()?;
    // What a preset has is known when it is there.
    let is_there = |is: bool| (is || args.preset.is_some()).then(String::new);
    let foreseen = Announcement {
        socks: Some("127.0.0.1:0".to_owned()),
        onion: is_there(args.onion.is_some()),
        http: is_there(args.exits > 0),
        echo: is_there(args.exits > 0),
        folder: Some(PathBuf::default()),
        ..Announcement::default()
    };
    if let Err(code) = session::check(&args.common, &auth, foreseen)? {
        return Ok(code.into());
    }
    let password = auth.passwords.first().cloned();
    let http = HttpServer::serving(PAGE).context("a server of pages")?;
    let echo = EchoServer::start().context("an echo server")?;
    let builder =
        describe(&args)?.client(|spec| spec.auth(auth).listen(args.common.listen.clone()));
    let mut network = start(builder)?;
    let _pages = serve_onions(&args, &network)?;
    let folder = folder(&network)?;
    let client = client_of(&network)?;

    let mut endings = Endings::listen(parent)?;
    let has_exits = network.nodes().iter().any(|node| node.role() == Role::Exit);
    let announcement = Announcement {
        http: has_exits.then(|| http.address().to_string()),
        echo: has_exits.then(|| echo.address().to_string()),
        folder: Some(folder.path().to_owned()),
        ..Announcement::network(&network, client, password)
    };
    let endpoint = client.tor().endpoint().clone();
    let mut all_well = true;
    let mut look = || {
        for crash in network.crashed() {
            exit::complain(&crash.into());
            all_well = false;
        }
        network.client().is_none_or(|client| !client.is_running())
    };
    let code = session::hold(
        &args.common,
        &mut endings,
        &announcement,
        &endpoint,
        &mut look,
    )?;
    look();
    Ok(match all_well {
        true => code,
        false => session::or_unmet(code),
    })
}

/// What the network should be like.
fn describe(args: &NetworkArgs) -> Result<TestNetworkBuilder> {
    let mut network = match &args.preset {
        Some(name) => TestNetwork::preset(name)?,
        None => TestNetwork::builder().nodes(nodes(args)),
    };
    network = network.seed(args.seed).imaginary(args.imaginary);
    if args.voting {
        network = network.voting();
    }
    if let Some(seconds) = args.deadline {
        network = network.deadline(Duration::from_secs(seconds));
    }
    if let Some(tor) = &args.tor {
        network = network.executable(tor);
    }
    Ok(network)
}

fn nodes(args: &NetworkArgs) -> Vec<NodeSpec> {
    let authorities = match args.voting {
        true => AUTHORITIES,
        false => 0,
    };
    let onion = args.onion.map(|port| match port {
        Some(port) => NodeSpec::onion_service("onion0", port.into()),
        None => NodeSpec::new(Role::OnionService, "onion0"),
    });
    let client = NodeSpec::client("client0");
    let client = match args.bridges {
        0 => client,
        _ => client.use_bridges(),
    };
    named("auth", authorities)
        .map(NodeSpec::authority)
        .chain(named("relay", args.relays).map(NodeSpec::relay))
        .chain(named("exit", args.exits).map(NodeSpec::exit))
        .chain(named("bridge", args.bridges).map(NodeSpec::bridge))
        .chain(onion)
        .chain([client])
        .collect()
}

fn named(kind: &str, count: usize) -> impl Iterator<Item = String> {
    (0..count).map(move |number| format!("{kind}{number}"))
}

/// Starts it, and waits until its clients have bootstrapped, and its onion services can be reached.
fn start(network: TestNetworkBuilder) -> Result<TestNetwork> {
    let progress = Progress::doing("starting a private network");
    let network = network.launch()?;
    progress.now("waiting for its nodes to bootstrap");
    network.wait_until_ready()?;
    progress.now("waiting for its onion services to be published");
    let nodes = network.nodes().iter();
    nodes
        .filter(|node| node.role() == Role::OnionService)
        .try_for_each(Node::wait_until_published)?;
    Ok(network)
}

fn client_of(network: &TestNetwork) -> Result<&Node> {
    network.client().context("the network has no client")
}

/// Serves pages where onion services lead, unless that is a port that somebody else listens at.
fn serve_onions(args: &NetworkArgs, network: &TestNetwork) -> Result<Vec<HttpServer>> {
    if let Some(Some(_)) = args.onion {
        return Ok(Vec::new());
    }
    let addresses = network.nodes().iter().filter_map(Node::service_address);
    addresses
        .map(|address| HttpServer::answering(address, |_| PAGE.into()))
        .collect::<Result<_, _>>()
        .context("a server of pages for onion services")
}

/// A folder with what other clients need to join.
fn folder(network: &TestNetwork) -> Result<Folder> {
    let folder = Folder::create()?;
    let socks = SocketAddr::from((client_of(network)?.address(), ARTI_PORT));
    folder.write("torrc", network.torrc().as_bytes())?;
    let arti = network.arti_toml(folder.path(), socks);
    folder.write("arti.toml", arti.as_bytes())?;
    Ok(folder)
}
