//! How long it takes onion services, bridges, joining clients: `reach [TIMES]`.
#![expect(clippy::print_stdout, reason = "this is what it is for")]

use std::env;
use std::error::Error;
use std::net::SocketAddr;
use std::time::Instant;

use tor_harness_process::{NodeSpec, TestNetwork, TestNetworkBuilder, find_arti, find_obfs4proxy};
use tor_harness_traffic::HttpServer;

fn main() -> Result<(), Box<dyn Error>> {
    let times = env::args().nth(1).map_or(Ok(10), |text| text.parse())?;
    let server = HttpServer::serving("hello")?;
    let mut asked = Vec::new();
    let mut from_nothing = Vec::new();
    let mut tors = Vec::new();
    let mut artis = Vec::new();
    let mut bridge = Vec::new();
    let mut obfs4 = Vec::new();
    for _ in 0..times {
        let network = relays().start()?;
        let client = network.client().ok_or("no client")?;
        client.http_get(server.address(), "/")?;
        let start = Instant::now();
        let onion = network.onion(server.address())?;
        client.http_get(onion.target(), "/")?;
        asked.push(start.elapsed().as_secs_f64());
        drop(onion);

        let start = Instant::now();
        let tor = network.join(NodeSpec::client("guest0"))?;
        tor.http_get(server.address(), "/")?;
        tors.push(start.elapsed().as_secs_f64());
        drop(tor);
        if find_arti().is_ok() {
            let start = Instant::now();
            network.join_arti()?.http_get(server.address(), "/")?;
            artis.push(start.elapsed().as_secs_f64());
        }
        network.stop()?;

        let start = Instant::now();
        let service = NodeSpec::onion_service("onion0", server.address().port());
        let network = relays().node(service).start()?;
        let service = network.node("onion0").ok_or("no service")?;
        service.wait_until_published()?;
        let target = service.onion_target().ok_or("no address")?;
        let client = network.client().ok_or("no client")?;
        client.http_get(target, "/")?;
        from_nothing.push(start.elapsed().as_secs_f64());
        network.stop()?;

        bridge.push(from_a_bridge("bridges-min", server.address())?);
        if find_obfs4proxy().is_ok() {
            obfs4.push(from_a_bridge("bridges-obfs4", server.address())?);
        }
    }
    println!("{times} times, seconds: least, median, most");
    tell("an onion service after asking a running client", asked);
    tell("an onion service from nothing", from_nothing);
    tell("the first page of a plain tor that joins", tors);
    tell("the first page of an Arti that joins", artis);
    tell("the first page through a bridge, from nothing", bridge);
    tell("the same by obfs4", obfs4);
    Ok(())
}

/// The seconds until a client that uses bridges has a page.
fn from_a_bridge(preset: &str, server: SocketAddr) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let network = TestNetwork::preset(preset)?.start()?;
    let client = network.node("bridgeclient0").ok_or("no client")?;
    client.http_get(server, "/")?;
    let seconds = start.elapsed().as_secs_f64();
    network.stop()?;
    Ok(seconds)
}

fn relays() -> TestNetworkBuilder {
    TestNetwork::builder()
        .nodes(["relay0", "relay1"].map(NodeSpec::relay))
        .nodes(["exit0", "exit1"].map(NodeSpec::exit))
        .node(NodeSpec::client("client0"))
}

fn tell(what: &str, mut seconds: Vec<f64>) {
    seconds.sort_by(f64::total_cmp);
    let middle = seconds.len() / 2;
    if let (Some(least), Some(most)) = (seconds.first(), seconds.last()) {
        println!("{what:<50} {least:.2} {:.2} {most:.2}", seconds[middle]);
    }
}
