//! A page through a network, by address or from an onion service.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use tor_harness::control::event::GenericEvent;
use tor_harness::process::{Node, NodeSpec, TestNetwork, TestNetworkBuilder};
use tor_harness::traffic::{HttpServer, Socks5, Target, http_get_over};

use crate::Result;

/// How long a page may take.
const WITHIN: Duration = Duration::from_secs(60);
const PAGE: &str = "a page";

/// Four relays, two of them exits, with a client.
pub(crate) fn four_relays() -> TestNetworkBuilder {
    TestNetwork::builder()
        .nodes(["relay0", "relay1"].map(NodeSpec::relay))
        .nodes(["exit0", "exit1"].map(NodeSpec::exit))
        .node(NodeSpec::client("client0"))
}

pub(crate) fn serve() -> Result<HttpServer> {
    Ok(HttpServer::serving(PAGE)?)
}

/// Fetches the page by the network's first client.
pub(crate) fn page_by_client(network: &TestNetwork, target: impl Into<Target>) -> Result<()> {
    let client = network.client().ok_or("no client")?;
    let socks = client.socks_address().ok_or("no SOCKS port")?;
    page(socks.into(), target).map_err(|error| format!("{error}\n{}", client.tor().log()).into())
}

/// Fetches the page by this SOCKS port.
pub(crate) fn page(socks: SocketAddr, target: impl Into<Target>) -> Result<()> {
    let target = target.into();
    let stream = Socks5::new(socks)?.within(WITHIN).connect(target.clone())?;
    let response = http_get_over(&stream, &target.to_string(), "/", WITHIN)?;
    match response.body == PAGE.as_bytes() {
        true => Ok(()),
        false => Err(format!("another page: {response:?}").into()),
    }
}

/// Asks a client for an onion service that leads to a server, and visits it by the same client.
pub(crate) fn ask_for_onion_service(client: &Node, server: SocketAddr) -> Result<()> {
    let mut control = client.tor().client()?;
    control.set_events(&["HS_DESC"])?;
    let asked = control.ask_line(&format!("ADD_ONION NEW:ED25519-V3 Port=80,{server}"))?;
    let reply = asked.to_string();
    let service = reply
        .split_once("ServiceID=")
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .ok_or_else(|| format!("no ServiceID: {reply}"))?;
    let (mut descriptors, mut begun, mut ended) = (BTreeSet::new(), 0, 0);
    while ended < begun || descriptors.len() < 2 {
        let event = control.wait_for_event("all descriptors to be uploaded", |_| true)?;
        let event = GenericEvent::parse(&event.as_message())?;
        let text = String::from_utf8_lossy(event.arguments()).into_owned();
        let words: Vec<_> = text.split(' ').collect();
        match words.first().copied() {
            Some("UPLOAD") => {
                begun += 1;
                descriptors.extend(words.get(4).map(|word| (*word).to_owned()));
            }
            Some("UPLOADED") => ended += 1,
            Some("FAILED") => return Err(format!("no upload: {text}").into()),
            _ => {}
        }
    }
    let socks = client.socks_address().ok_or("no SOCKS port")?;
    page(socks.into(), (format!("{service}.onion"), 80))
}
