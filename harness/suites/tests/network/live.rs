//! A client of a network that lives, with what it reaches.

use std::sync::Arc;
use std::time::Duration;

use tor_harness::prelude::*;
use tor_harness::process::{Node, NodeSpec, TestNetwork};
use tor_harness::traffic::{HttpServer, Socks5, Target as Place, http_get_over};
use tor_harness_suites::{own, shared};

/// How long each thing may take; a busy machine is no broken network.
pub(crate) const WITHIN: Duration = Duration::from_secs(60);

/// What the server of pages has.
pub(crate) const PAGE: &str = "a page";

/// A network of which some test may change the client, or one that tests share.
pub(crate) struct Live(Arc<Fixture>);

impl Live {
    /// A network of the test's own.
    pub(crate) fn own(ctx: &Context) -> Result<Self, Failed> {
        own(ctx).map(Self)
    }

    /// One that other tests use at the same time.
    pub(crate) fn shared(ctx: &Context) -> Result<Self, Failed> {
        shared(ctx).map(Self)
    }

    /// A control connection to its client.
    pub(crate) fn control(&self) -> Result<Client, Failed> {
        Ok(self.0.client()?)
    }

    pub(crate) fn network(&self) -> Result<&TestNetwork, Failed> {
        self.0.network().ok_or_else(|| "no network".into())
    }

    /// Its client.
    pub(crate) fn client(&self) -> Result<&Node, Failed> {
        self.network()?.client().ok_or_else(|| "no client".into())
    }

    /// Its client's SOCKS port.
    pub(crate) fn socks(&self) -> Result<Socks5, Failed> {
        Ok(self.client()?.socks()?)
    }
}

/// A server of a page.
pub(crate) fn serve() -> Result<HttpServer, Failed> {
    Ok(HttpServer::serving(PAGE)?)
}

/// Fetches the page.
pub(crate) fn fetch(socks: &Socks5, from: impl Into<Place>) -> TestResult {
    let from = from.into();
    let stream = socks.connect(from.clone())?;
    let page = http_get_over(&stream, &from.to_string(), "/", WITHIN)?;
    match (page.status, &page.body[..]) {
        (200, body) if body == PAGE.as_bytes() => Ok(()),
        _ => Err(format!("expected {PAGE:?} from {from}, got {page:?}").into()),
    }
}

/// No node of a network that nothing happened to complains.
pub(crate) fn healthy(network: &TestNetwork) -> TestResult {
    let complaints = network.complaints()?;
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(complaints.join("\n").into()),
    }
}

/// Relays and exits, as the fixture has them, for a network with something more.
pub(crate) fn relays() -> impl Iterator<Item = NodeSpec> {
    let relays = ["relay0", "relay1"].map(NodeSpec::relay);
    relays
        .into_iter()
        .chain(["exit0", "exit1"].map(NodeSpec::exit))
}

/// Sends a line that has to be answered well, and gives the last line of the answer.
pub(crate) fn ask(client: &mut Client, line: &str) -> Result<String, Failed> {
    let reply = client.ask_line(line)?;
    let message = reply.as_message();
    let last = message.last();
    match last.status.is_positive() {
        true => Ok(String::from_utf8_lossy(last.text).into_owned()),
        false => Err(format!("{line}: {last:?}").into()),
    }
}
