//! A lone relay, then clients that use it as their bridge.

use anyhow::Result;
use tor_harness::fixtures::Kind;

use crate::book::{Book, Setup};
use crate::http::Request;
use crate::node::{Awaited, Node};

/// All ports are free in an empty network namespace.
const RELAY: &str = "\
Nickname harness
ContactInfo the harness
Address 127.0.0.1
ORPort 127.0.0.1:9001
DirPort 127.0.0.1:9030
AssumeReachable 1
PublishServerDescriptor 0
ExitRelay 1
ExitPolicy accept 127.0.0.0/8:*
ExitPolicy reject *:*
ExitPolicyRejectPrivate 0
ServerDNSDetectHijacking 0
ServerDNSResolvConfFile /dev/null
ServerDNSAllowBrokenConfig 1
";
const DIR_PORT: ([u8; 4], u16) = ([127, 0, 0, 1], 9030);

/// What makes a relay build its descriptor at once rather than at its next tick.
const POKE: &str = "SETCONF ContactInfo=\"the harness <harness AT example.com>\"";

const RELAY_EVENTS: &[Awaited] = &[
    ("status-server", "STATUS_SERVER", "EXTERNAL_ADDRESS"),
    ("descchanged", "DESCCHANGED", ""),
];

/// What the relay knows that a client does not.
const RELAY_KEYS: &[&str] = &[
    "address",
    "exit-policy/full",
    "exit-policy/ipv4",
    "exit-policy/ipv6",
    "exit-policy/reject-private/relay",
    "fingerprint",
    "net/listeners/dir",
    "net/listeners/or",
    "status/fresh-relay-descs",
];

/// A client whose bridge is the relay.
const BRIDGED: &str = "DisableNetwork 1\nUseBridges 1\nBridge 127.0.0.1:9001\n";

/// A client with a bridge where nobody listens.
const REFUSED: &str = "DisableNetwork 1\nUseBridges 1\nBridge 127.0.0.1:9\n";

/// What makes them go.
const GO: &str = "SETCONF DisableNetwork=0";

const BRIDGED_EVENTS: &[Awaited] = &[
    ("stream-new", "STREAM", " NEW 0 "),
    ("circ-launched", "CIRC", "CIRC 1 LAUNCHED"),
    ("orconn-launched", "ORCONN", "LAUNCHED"),
    ("status-client-bootstrap", "STATUS_CLIENT", "PROGRESS=5 "),
    ("network-liveness", "NETWORK_LIVENESS", ""),
    ("orconn-connected", "ORCONN", "CONNECTED"),
    ("circ-extended", "CIRC", "CIRC 1 EXTENDED"),
    ("circ-built", "CIRC", "CIRC 1 BUILT"),
    ("stream-sentconnect", "STREAM", " SENTCONNECT 1 "),
    ("stream-succeeded", "STREAM", " SUCCEEDED 1 "),
    ("stream-bw", "STREAM_BW", ""),
    ("stream-closed", "STREAM", " CLOSED 1 "),
    ("guard-up", "GUARD", " UP"),
    ("newdesc", "NEWDESC", ""),
    ("conn-bw", "CONN_BW", "TYPE=OR"),
    ("circ-bw", "CIRC_BW", "ID=1 "),
    ("cell-stats", "CELL_STATS", "ID=1 "),
    ("circ-built-named", "CIRC", "CIRC 2 BUILT"),
];

const BRIDGED_KEYS: &[&str] = &[
    "circuit-status",
    "desc/all-recent",
    "entry-guards",
    "ns/all",
    "orconn-status",
];

const REFUSED_EVENTS: &[Awaited] = &[
    ("orconn-failed", "ORCONN", "FAILED"),
    ("status-client-bootstrap-warn", "STATUS_CLIENT", "WARN"),
    ("stream-failed", "STREAM", "FAILED"),
    ("circ-failed", "CIRC", "FAILED"),
    ("guard-down", "GUARD", "DOWN"),
];

pub(crate) fn record(book: &mut Book) -> Result<()> {
    let host = book.start(&Setup::NULL)?;
    let mut relay = Node::start(book, &host, "relay", RELAY)?;
    relay.events(book, POKE, RELAY_EVENTS)?;
    relay.keys(book, RELAY_KEYS)?;
    for (file, kind, path) in [
        (
            "server-descriptor",
            Kind::ServerDescriptor,
            "/tor/server/authority",
        ),
        ("extra-info", Kind::ExtraInfo, "/tor/extra/authority"),
    ] {
        let path_of_file = format!("netdoc/{file}/lone-relay");
        let request = Request::get(path);
        let bytes = request.fetch(DIR_PORT)?;
        relay.document(book, &path_of_file, kind, request.command(), bytes)?;
    }
    let mut bridged = Node::start(book, &host, "bridged", BRIDGED)?;
    bridged.events(book, GO, BRIDGED_EVENTS)?;
    bridged.keys(book, BRIDGED_KEYS)?;
    let mut refused = Node::start(book, &host, "refused", REFUSED)?;
    refused.events(book, GO, REFUSED_EVENTS)
}
