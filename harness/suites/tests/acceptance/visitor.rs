//! A real client that fetches onion services' descriptors.

use std::time::Duration;

use tor_harness::client::Client;
use tor_harness::control::command::{HsFetch, HsPost};
use tor_harness::control::event::GenericEvent;
use tor_harness::control::{Command, StatusCode};
use tor_harness::process::{NodeSpec, TestNetwork};
use tor_harness::runner::Failed;
use tor_strategies::network::{Given, Way};

/// How long a circuit may take; a busy machine is no broken network.
const DEADLINE: Duration = Duration::from_secs(60);

/// A client in a network, and a directory there that it gives descriptors to and asks for them.
pub(crate) struct Visitor {
    client: Client,
    directory: String,
    given: Given,
    /// How many services it has visited.
    visited: u64,
    _network: TestNetwork,
}

impl Visitor {
    pub(crate) fn start() -> Result<Self, Failed> {
        let relays = ["relay0", "relay1", "relay2", "relay3"].map(NodeSpec::relay);
        let network = TestNetwork::builder()
            .nodes(relays)
            .nodes(["exit0", "exit1"].map(NodeSpec::exit))
            .node(NodeSpec::client("client0"))
            .start()?;
        let mut client = network.client().ok_or("no client")?.tor().client()?;
        client.set_deadline(DEADLINE);
        client.set_events(&["HS_DESC"])?;
        let relay = network.node("relay0").and_then(|node| node.fingerprint());
        let directory = network.directory().ok_or("it does not vote")?;
        Ok(Self {
            directory: relay.ok_or("no relay")?.to_string(),
            given: Given::small(directory.status.valid_after),
            visited: 0,
            client,
            _network: network,
        })
    }

    /// Whether it takes the descriptor of a service that is wrong in a way, or is right.
    pub(crate) fn takes(&mut self, way: Option<&Way>) -> Result<bool, Failed> {
        // Nobody takes a descriptor that is no newer than another of the service.
        self.visited += 1;
        let given = self.given.clone().serving(self.visited);
        let descriptor = match way {
            Some(way) => way.make(&given).document,
            None => given.service().descriptor(given.publication()).encode(),
        };
        let address = given.service().address().to_string();
        let servers = || vec![self.directory.clone().into()];
        let posted = self.client.ask(&Command::HsPost(HsPost {
            servers: servers(),
            address: Some(address.as_str().into()),
            descriptor: descriptor.as_slice().into(),
            ..HsPost::default()
        }))?;
        let fetch = Command::HsFetch(HsFetch {
            target: address.as_str().into(),
            servers: servers(),
            others: Vec::new(),
        });
        if posted.as_message().last().status == StatusCode::INVALID_DESCRIPTOR {
            return Ok(false);
        }
        if !self.has_done(&address, "UPLOADED", &["UPLOAD_REJECTED"])? {
            return Ok(false);
        }
        self.client.ask_ok(&fetch)?;
        self.has_done(&address, "RECEIVED", &["BAD_DESC", "NOT_FOUND"])
    }

    /// Waits until something was done with a service's descriptor, or failed for such a reason.
    fn has_done(&mut self, address: &str, done: &str, reasons: &[&str]) -> Result<bool, Failed> {
        let action = |event: &GenericEvent<'_>| {
            let text = String::from_utf8_lossy(event.arguments()).into_owned();
            let is_own = text.contains(address);
            (is_own && [done, "FAILED"].iter().any(|word| text.starts_with(word))).then_some(text)
        };
        let event = self
            .client
            .wait_for_event(done, |event| action(event).is_some())?;
        let event = GenericEvent::parse(&event.as_message())?;
        let text = action(&event).unwrap_or_default();
        if text.starts_with(done) {
            return Ok(true);
        }
        let is_for = |reason: &&str| text.contains(&format!("REASON={reason}"));
        match reasons.iter().any(is_for) {
            true => Ok(false),
            false => Err(format!("expected {done}, or one of {reasons:?}, got {text}").into()),
        }
    }
}
