//! What two sides said, message by message.

use tor_harness::control::Decoder;

use super::normalisation::normalise;
use super::peer::{Came, Peer};

/// Stands where a connection is closed.
const CLOSED: &[u8] = b"<closed>";

/// Events that depend on the time, or on tor's own workings: not compared.
const LEFT_OUT: &[&[u8]] = &[
    b"650 BW ",
    b"650 INFO ",
    b"650 DEBUG ",
    b"650+INFO",
    b"650+DEBUG",
];

/// What tor logs. The mock logs less: see [`LOGS`](super::explained::LOGS).
const LOGGED: &[&[u8]] = &[
    b"650 NOTICE ",
    b"650 WARN ",
    b"650 ERR ",
    b"650+NOTICE",
    b"650+WARN",
    b"650+ERR",
];

/// What has been compared.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    /// How many events tor logged that the mock does not.
    pub(super) logged: usize,
    /// The connection and the two messages that differ first, if any.
    pub(super) difference: Option<(usize, Vec<u8>, Vec<u8>)>,
}

/// Compares what came on each connection.
pub(super) fn compare(
    (tor, from_tor): (&dyn Peer, &[Came]),
    (mock, from_mock): (&dyn Peer, &[Came]),
) -> Comparison {
    let mut comparison = Comparison::default();
    for (connection, (one, other)) in from_tor.iter().zip(from_mock).enumerate() {
        let mut one = messages(one, tor).into_iter().peekable();
        let mut other = messages(other, mock).into_iter().peekable();
        while one.peek().is_some() || other.peek().is_some() {
            if one.peek() == other.peek() {
                other.next();
            } else if !one.peek().is_some_and(|message| is_logged(message)) {
                let [one, other] = [one, other].map(|mut side| side.next().unwrap_or_default());
                comparison.difference = Some((connection, one, other));
                return comparison;
            } else {
                comparison.logged += 1;
            }
            one.next();
        }
    }
    comparison
}

fn is_logged(message: &[u8]) -> bool {
    LOGGED.iter().any(|start| message.starts_with(start))
}

/// What is compared of what came on one connection.
fn messages(came: &Came, peer: &dyn Peer) -> Vec<Vec<u8>> {
    let mut decoder = Decoder::new();
    decoder.push(&came.bytes);
    let mut rest = came.bytes.as_slice();
    let mut messages = Vec::new();
    while let Ok(Some(message)) = decoder.next() {
        let bytes = message.as_bytes();
        rest = &rest[bytes.len()..];
        if !LEFT_OUT.iter().any(|start| bytes.starts_with(start)) {
            messages.push(normalise(bytes, peer.folder()));
        }
    }
    // What is no message, as a page for browsers.
    if !rest.is_empty() {
        messages.push(normalise(rest, peer.folder()));
    }
    if came.closed {
        messages.push(CLOSED.into());
    }
    messages
}
