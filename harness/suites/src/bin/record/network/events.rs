//! The events of a network that lives.

use anyhow::{Context as _, Result};
use tor_harness::client::Client;
use tor_harness::control::OwnedMessage;
use tor_harness::fixtures::Kind;

use super::nodes::{BRIDGE_AUTHORITY, CLIENT, OPEN, RESTRICTED};
use super::session::{Session, ask};
use super::traffic::NOBODY;

/// An event: the file, the node that sends it, the event's name, what tells it from others.
type Awaited = (&'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip] // One line each.
const EVENTS: &[Awaited] = &[
    ("addrmap", CLIENT, "ADDRMAP", "mapped.example"),
    ("buildtimeout-set", CLIENT, "BUILDTIMEOUT_SET", " RESET "),
    ("bw", CLIENT, "BW", ""),
    ("cell-stats", CLIENT, "CELL_STATS", "ID="),
    ("cell-stats-relayed", BRIDGE_AUTHORITY, "CELL_STATS", "InboundQueue="),
    ("circ-built", CLIENT, "CIRC", " BUILT "),
    ("circ-bw", CLIENT, "CIRC_BW", ""),
    ("circ-closed", CLIENT, "CIRC", " CLOSED "),
    ("circ-extended", CLIENT, "CIRC", " EXTENDED "),
    ("circ-launched", CLIENT, "CIRC", " LAUNCHED "),
    ("circ-launched-rendezvous", CLIENT, "CIRC", "REND_QUERY="),
    ("circ-minor-purpose-changed", CLIENT, "CIRC_MINOR", " PURPOSE_CHANGED "),
    ("conf-changed", BRIDGE_AUTHORITY, "CONF_CHANGED", "BridgeAuthoritativeDir"),
    ("conn-bw-dir", BRIDGE_AUTHORITY, "CONN_BW", "TYPE=DIR"),
    ("conn-bw-or", CLIENT, "CONN_BW", "TYPE=OR"),
    ("descchanged", BRIDGE_AUTHORITY, "DESCCHANGED", ""),
    ("guard-good-l2", CLIENT, "GUARD", " GOOD_L2"),
    ("guard-new", CLIENT, "GUARD", " NEW"),
    ("guard-up", CLIENT, "GUARD", " UP"),
    ("hs-desc-content", CLIENT, "HS_DESC_CONTENT", "hs-descriptor 3"),
    ("hs-desc-content-none", CLIENT, "HS_DESC_CONTENT", NOBODY),
    ("hs-desc-created", OPEN, "HS_DESC", " CREATED "),
    ("hs-desc-failed", CLIENT, "HS_DESC", " FAILED "),
    ("hs-desc-received", CLIENT, "HS_DESC", " RECEIVED "),
    ("hs-desc-requested", CLIENT, "HS_DESC", " REQUESTED "),
    ("hs-desc-upload", OPEN, "HS_DESC", " UPLOAD "),
    ("hs-desc-uploaded", OPEN, "HS_DESC", " UPLOADED "),
    ("newconsensus", CLIENT, "NEWCONSENSUS", ""),
    ("newdesc", BRIDGE_AUTHORITY, "NEWDESC", ""),
    ("ns", CLIENT, "NS", ""),
    ("orconn-connected", CLIENT, "ORCONN", " CONNECTED "),
    ("orconn-launched", CLIENT, "ORCONN", " LAUNCHED "),
    ("orconn-new", BRIDGE_AUTHORITY, "ORCONN", " NEW "),
    ("status-client-bootstrap", CLIENT, "STATUS_CLIENT", "PROGRESS=100"),
    ("status-client-circuit-established", CLIENT, "STATUS_CLIENT", "CIRCUIT_ESTABLISHED"),
    ("status-client-consensus-arrived", CLIENT, "STATUS_CLIENT", "CONSENSUS_ARRIVED"),
    ("status-client-enough-dir-info", CLIENT, "STATUS_CLIENT", " ENOUGH_DIR_INFO"),
    ("status-server-accepted", BRIDGE_AUTHORITY, "STATUS_SERVER", "ACCEPTED_SERVER_DESCRIPTOR"),
    ("status-server-good", BRIDGE_AUTHORITY, "STATUS_SERVER", "GOOD_SERVER_DESCRIPTOR"),
    ("stream-bw", CLIENT, "STREAM_BW", ""),
    ("stream-closed", CLIENT, "STREAM", " CLOSED "),
    ("stream-detached", CLIENT, "STREAM", " DETACHED "),
    ("stream-failed", CLIENT, "STREAM", " FAILED "),
    ("stream-new-dir", CLIENT, "STREAM", "PURPOSE=DIR_FETCH"),
    ("stream-new-onion", CLIENT, "STREAM", ".onion:80 SOURCE_ADDR="),
    ("stream-new-user", CLIENT, "STREAM", "PURPOSE=USER"),
    ("stream-remap-cache", CLIENT, "STREAM", "SOURCE=CACHE"),
    ("stream-remap-exit", CLIENT, "STREAM", "SOURCE=EXIT"),
    ("stream-sentconnect", CLIENT, "STREAM", " SENTCONNECT "),
    ("stream-succeeded", CLIENT, "STREAM", " SUCCEEDED "),
];

/// The logs, which are no events of the network.
const LOGS: &[&str] = &["DEBUG", "INFO", "NOTICE", "WARN", "ERR"];

/// The connections on which nodes send their events.
pub(super) struct Subscriptions {
    clients: Vec<(&'static str, Client)>,
    command: String,
}

impl Subscriptions {
    /// Subscribes to all events.
    pub(super) fn new(session: &Session<'_>) -> Result<Self> {
        let offered = session.client(CLIENT)?.get_info("events/names")?;
        let names: Vec<_> = offered
            .split_whitespace()
            .filter(|name| !LOGS.contains(name))
            .collect();
        let command = format!("SETEVENTS {}", names.join(" "));
        let mut clients = Vec::new();
        for nickname in [BRIDGE_AUTHORITY, CLIENT, OPEN, RESTRICTED] {
            let mut client = session.client(nickname)?;
            ask(&mut client, &command)?;
            clients.push((nickname, client));
        }
        Ok(Self { clients, command })
    }

    /// Waits for an event of a node, one of a name that has a text; takes it.
    pub(super) fn wait(&mut self, nickname: &str, name: &str, has: &str) -> Result<OwnedMessage> {
        let mut clients = self.clients.iter_mut();
        let (_, client) = clients
            .find(|(node, _)| *node == nickname)
            .with_context(|| format!("nobody listens to {nickname}"))?;
        let expected = format!("{name} with {has:?} of {nickname}");
        Ok(client.wait_for_event(&expected, |event| {
            event.code.as_str() == name
                && String::from_utf8_lossy(event.message().as_bytes()).contains(has)
        })?)
    }

    /// Records the events of the table.
    pub(super) fn record(&mut self, session: &mut Session<'_>) -> Result<()> {
        let command = self.command.clone();
        for (file, nickname, name, has) in EVENTS {
            let event = self.wait(nickname, name, has)?;
            let path = format!("control/event-network/{file}");
            let bytes = event.as_message().as_bytes().to_vec();
            session.add(nickname, path, Kind::Event, &command, bytes)?;
        }
        Ok(())
    }
}
