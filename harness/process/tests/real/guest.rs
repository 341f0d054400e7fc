//! Clients that the harness did not prepare, in private networks.

use libtest_mimic::{Completion, Failed, Trial};
use tor_harness_process::{NodeSpec, TestNetwork, find_arti, find_tor};
use tor_harness_traffic::HttpServer;

use crate::Test;
use crate::onion::gives_page;

pub(crate) const TESTS: &[Test] = &[("guest::a_plain_tor_joins", a_plain_tor_joins)];

/// A test that needs a program beside tor.
pub(crate) fn arti() -> Trial {
    let body = || match (find_tor(), find_arti()) {
        (Ok(_), Ok(_)) => arti_joins().map(|()| Completion::Completed),
        (Err(error), _) | (_, Err(error)) => Ok(Completion::ignored_with(error.to_string())),
    };
    Trial::ignorable_test("guest::arti_joins", body).with_kind("tor, arti")
}

fn a_plain_tor_joins() -> Result<(), Failed> {
    let server = HttpServer::serving("hello")?;
    let network = TestNetwork::start()?;
    let guest = network.join(NodeSpec::client("guest0").file("more/file", "x"))?;
    if std::fs::read(guest.tor().folder().join("more/file"))? != b"x" {
        return Err("its file is another".into());
    }
    gives_page(&guest, server.address())?;
    let onion = network.onion(server.address())?;
    gives_page(&guest, onion.target())?;

    let known = guest.tor().client()?.get_info("ns/all")?;
    for node in network.nodes() {
        if node.fingerprint().is_some() && !known.contains(&format!("r {} ", node.nickname())) {
            return Err(format!("{} is not known: {known}", node.nickname()).into());
        }
    }
    let error = network.join(NodeSpec::client("Client0")).unwrap_err();
    let expected = "two nodes are called `Client0`";
    if !error.to_string().starts_with(expected) {
        return Err(format!("expected {expected}, got {error}").into());
    }
    let error = network.join(NodeSpec::relay("guest1")).unwrap_err();
    let expected = "expected a client to join the network, got `guest1`";
    match error.to_string().starts_with(expected) {
        true => Ok(()),
        false => Err(error.into()),
    }
}

fn arti_joins() -> Result<(), Failed> {
    let server = HttpServer::serving("hello")?;
    let network = TestNetwork::start()?;
    let arti = network.join_arti()?;
    let onion = network.onion(server.address())?;
    for target in [server.address().into(), onion.target()] {
        let page = arti.http_get(target, "/")?;
        if page.body != b"hello" {
            return Err(format!("another page: {page:?}").into());
        }
    }
    Ok(())
}
