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

/// The connection and the two messages that differ first, if any.
pub(super) fn first_difference(
    (tor, from_tor): (&dyn Peer, &[Came]),
    (mock, from_mock): (&dyn Peer, &[Came]),
) -> Option<(usize, Vec<u8>, Vec<u8>)> {
    for (connection, (one, other)) in from_tor.iter().zip(from_mock).enumerate() {
        let (mut one, mut other) = (messages(one, tor), messages(other, mock));
        let length = one.len().max(other.len());
        one.resize(length, Vec::new());
        other.resize(length, Vec::new());
        let mut pairs = one.into_iter().zip(other);
        if let Some((one, other)) = pairs.find(|(one, other)| one != other) {
            return Some((connection, one, other));
        }
    }
    None
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
