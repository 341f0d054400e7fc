//! Private networks, signed by the harness or voted.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::Duration;

use libtest_mimic::Failed;
use tor_harness_netdoc::Flavor;
use tor_harness_process::{ConsensusTimes, ExitPolicy, Node, NodeSpec, TestNetwork, find_tor};

use crate::Test;
use crate::testnet::entries;
use crate::wait::nothing_left;

pub(crate) const TESTS: &[Test] = &[
    ("network::leads_to_a_page", leads_to_a_page),
    ("network::is_what_was_said", is_what_was_said),
    ("network::has_the_same_keys_again", has_the_same_keys_again),
    ("network::many_at_once", many_at_once),
    ("network::opens_no_other_port", opens_no_other_port),
    ("network::tells_how_all_nodes_are", tells_how_all_nodes_are),
    ("network::comes_to_a_consensus", comes_to_a_consensus),
    ("network::lists_imaginary_relays", lists_imaginary_relays),
];

/// How long each thing may take; a busy machine is no broken network.
const DEADLINE: Duration = Duration::from_secs(60);

fn leads_to_a_page() -> Result<(), Failed> {
    let network = TestNetwork::start()?;
    let client = network.client().ok_or("no client")?;
    let server = serve()?;
    page(client, "127.0.0.1", server.port())?;
    client.wait_for_circuit()?;

    let directory = network.directory().ok_or("no directory")?;
    for node in network.nodes() {
        let Some(fingerprint) = node.fingerprint() else {
            continue;
        };
        if !directory
            .all_relays()
            .iter()
            .any(|one| one.fingerprint() == fingerprint)
        {
            return Err(format!("{} is not listed", node.nickname()).into());
        }
    }
    ends(network)
}

/// What specifications say is what the client knows and what the nodes do.
fn is_what_was_said() -> Result<(), Failed> {
    let has_ipv6 = TcpListener::bind("[::1]:0").is_ok();
    let family = |name| NodeSpec::relay(name).family(["relay0", "relay1"]);
    let exit = NodeSpec::exit("exit0")
        .exit_policy(ExitPolicy::ports([80..=80, 1024..=65535]))
        .bandwidth(77)
        .protocols("Cons=2 Link=4-5 Relay=2-4");
    let network = TestNetwork::builder()
        .nodes(["relay0", "relay1"].map(family))
        .node(NodeSpec::middle("middle0").flag("HSDir", false))
        .node(if has_ipv6 { exit.ipv6() } else { exit })
        .node(NodeSpec::exit("exit1").wrapper(["env", "WRAPPED=1"]))
        .node(NodeSpec::client("client0"))
        .param("circwindow", 500)
        .start()?;
    let client = network.client().ok_or("no client")?;
    let mut control = client.tor().client()?;
    let fingerprint = |nickname| {
        network
            .node(nickname)
            .and_then(Node::fingerprint)
            .ok_or("no relay")
    };
    let [relay0, relay1] = [fingerprint("relay0")?, fingerprint("relay1")?];
    let family = format!("\nfamily ${} ${}\n", relay0.min(relay1), relay0.max(relay1));
    let mut expected = vec![
        ("ns", "middle0", "\ns Fast Running Stable V2Dir Valid\n"),
        (
            "ns",
            "relay0",
            "\ns Fast Guard HSDir Running Stable V2Dir Valid\nw Bandwidth=1000\n",
        ),
        (
            "ns",
            "exit0",
            "\ns Exit Fast Guard HSDir Running Stable V2Dir Valid\nw Bandwidth=77\n",
        ),
        ("md", "exit0", "\np reject 1-79,81-1023\n"),
        ("md", "relay0", &family),
    ];
    if has_ipv6 {
        expected.push(("ns", "exit0", "\na [::1]:"));
        expected.push(("md", "exit0", "\np6 reject 1-79,81-1023\n"));
    }
    for (kind, nickname, text) in expected {
        let value = control.get_info(&format!("{kind}/id/{}", fingerprint(nickname)?))?;
        if !value.contains(text) {
            return Err(format!("expected {text:?} of {nickname}: {value}").into());
        }
    }
    let consensus = fs::read_to_string(client.data().join("cached-microdesc-consensus"))?;
    for text in [
        "\nparams circwindow=500\n",
        "\npr Cons=2 Link=4-5 Relay=2-4\n",
    ] {
        if !consensus.contains(text) {
            return Err(format!("expected {text:?} in {consensus}").into());
        }
    }
    let wrapped = network.node("exit1").ok_or("no node")?.tor().pid();
    if !fs::read_to_string(format!("/proc/{wrapped}/environ"))?.contains("\0WRAPPED=1\0") {
        return Err("the wrapper has not run it".into());
    }
    page(client, "127.0.0.1", serve()?.port())?;
    ends(network)
}

/// A seed says who the nodes are, and nothing else does.
fn has_the_same_keys_again() -> Result<(), Failed> {
    let fingerprints = |seed| -> Result<Vec<_>, Failed> {
        let network = TestNetwork::builder()
            .node(NodeSpec::relay("relay0"))
            .node(NodeSpec::bridge("bridge0"))
            .node(NodeSpec::onion_service("onion0", 80))
            .seed(seed)
            .launch()?;
        let who = |node: &Node| (node.fingerprint(), node.onion_address());
        Ok(network.nodes().iter().map(who).collect())
    };
    let once = fingerprints(7)?;
    match once == fingerprints(7)? && once != fingerprints(8)? {
        true => Ok(()),
        false => Err(format!("seed 7 gives {once:?} and others").into()),
    }
}

/// Whatever ports a tor can open, no line has it do so.
fn opens_no_other_port() -> Result<(), Failed> {
    let options = Command::new(find_tor()?.path())
        .arg("--list-torrc-options")
        .output()?;
    let options = String::from_utf8(options.stdout)?;
    let mut ports = options.lines().filter(|option| option.ends_with("Port"));
    let first = ports.next().ok_or("expected options of ports, got none")?;
    for option in [first].into_iter().chain(ports) {
        let node = NodeSpec::relay("relay0").torrc_line(format!("{option} 9071"));
        let said = TestNetwork::builder().node(node).launch();
        let said = said.err().map(|error| error.to_string());
        let place = format!("(addition 1 of node relay0):1:1: `{option}");
        if said.as_deref().is_none_or(|said| !said.contains(&place)) {
            return Err(format!("expected a refusal of {option}, got {said:?}").into());
        }
    }
    Ok(())
}

/// Networks at the same time have the same ports at other addresses, and do not meet.
fn many_at_once() -> Result<(), Failed> {
    let server = serve()?;
    thread::scope(|scope| {
        let one = || -> Result<(), Failed> {
            let network = TestNetwork::start()?;
            page(
                network.client().ok_or("no client")?,
                "127.0.0.1",
                server.port(),
            )?;
            ends(network)
        };
        let all: Vec<_> = (0..4).map(|_| scope.spawn(one)).collect();
        all.into_iter()
            .try_for_each(|one| one.join().map_err(|_| "a network panicked")?)
    })
}

fn lists_imaginary_relays() -> Result<(), Failed> {
    let network = TestNetwork::builder()
        .nodes(["relay0", "relay1"].map(NodeSpec::relay))
        .nodes(["exit0", "exit1"].map(NodeSpec::exit))
        .node(NodeSpec::client("client0"))
        .imaginary(8000)
        .deadline(DEADLINE)
        .start()?;
    let client = network.client().ok_or("no client")?;
    let directory = network.directory().ok_or("no directory")?;
    let expected = entries(&directory.consensus(Flavor::Microdesc).encode())?;
    if client.tor().client()?.get_info("ns/all")? != expected {
        return Err("ns/all is another".into());
    }
    let server = serve()?;
    page(client, "127.0.0.1", server.port())?;
    ends(network)
}

/// Who waits in vain hears of every node what it has, and what it has not.
fn tells_how_all_nodes_are() -> Result<(), Failed> {
    let network = TestNetwork::builder()
        .nodes(["relay0", "relay1", "relay2"].map(NodeSpec::relay))
        .node(NodeSpec::client("client0"))
        .deadline(Duration::from_secs(5))
        .times(ConsensusTimes {
            valid_after: -30 * 24 * 3600,
            fresh_until: -29 * 24 * 3600,
            valid_until: -28 * 24 * 3600,
        })
        .launch()?;
    let told = match network.wait_until_ready() {
        Ok(()) => return Err("a network of the past is ready".into()),
        Err(error) => error.to_string(),
    };
    for expected in [
        "node `client0`: expected the node to bootstrap",
        "\n    relay0 (Relay) ",
        "\n    client0 (Client) PROGRESS=",
        "; no consensus; ",
    ] {
        if !told.contains(expected) {
            return Err(format!("expected {expected:?} in {told}").into());
        }
    }
    Ok(())
}

fn comes_to_a_consensus() -> Result<(), Failed> {
    let network = TestNetwork::builder()
        .voting()
        .node(NodeSpec::authority("auth0"))
        .node(NodeSpec::relay("relay0"))
        .node(NodeSpec::exit("exit0"))
        .node(NodeSpec::client("client").torrc_line("ContactInfo a client has none"))
        .deadline(DEADLINE)
        .start()?;
    let client = network.node("client").ok_or("no node of that name")?;

    let mut control = client.tor().client()?;
    for node in network.nodes() {
        if let Some(fingerprint) = node.fingerprint() {
            let entry = control.get_info(&format!("ns/id/{fingerprint}"))?;
            let address = node.or_address().ok_or("a relay without an ORPort")?;
            let place = format!(" {} {} ", address.ip(), address.port());
            if !(address.ip().is_loopback() && entry.contains(&place)) {
                return Err(format!("{} is not at{place}: {entry}", node.nickname()).into());
            }
        }
    }
    ends(network)
}

/// The nodes have nothing to complain of but votes, each connects from loopback; with the network all nodes go, and their folders.
fn ends(network: TestNetwork) -> Result<(), Failed> {
    let complaints = network.complaints()?;
    if network.directory().is_some() && !complaints.is_empty() {
        return Err(complaints.join("\n").into());
    }
    let mut folders = Vec::new();
    for node in network.nodes() {
        let bound = node.tor().client()?.get_conf("OutboundBindAddress")?;
        let own = node.address().to_string();
        if bound != [own.as_str(), "[::1]"] || !node.address().is_loopback() {
            return Err(format!("{} connects from {bound:?}", node.nickname()).into());
        }
        folders.push(node.tor().folder().to_owned());
    }
    network.stop()?;
    for folder in folders {
        nothing_left(&folder)?;
    }
    Ok(())
}

/// A server that answers each connection with a page.
fn serve() -> Result<SocketAddr, Failed> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 1000]);
            let _ = stream.write_all(PAGE);
        }
    });
    Ok(address)
}

const PAGE: &[u8] = b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi";

/// Fetches the page by SOCKS 5 (RFC 1928).
fn page(client: &Node, host: &str, port: u16) -> Result<(), Failed> {
    let mut stream = TcpStream::connect(client.socks_address().ok_or("no SOCKS port")?)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    // Version 5, one way to authenticate, which is none; then connect to a name.
    let mut request = vec![5, 1, 0, 5, 1, 0, 3, u8::try_from(host.len())?];
    request.extend(host.bytes());
    request.extend(port.to_be_bytes());
    stream.write_all(&request)?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer)?;
    if answer[3] != 0 {
        let log = client.tor().log();
        return Err(format!("SOCKS says {} to {host}:{port}\n{log}", answer[3]).into());
    }
    stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
    let mut page = Vec::new();
    stream.read_to_end(&mut page)?;
    match page == PAGE {
        true => Ok(()),
        false => Err(format!("another page: {}", String::from_utf8_lossy(&page)).into()),
    }
}
