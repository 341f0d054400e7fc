//! One side of a comparison, with the words that stand for what it makes up.

use std::borrow::Cow;

use anyhow::Result;
use tor_harness::control::Decoder;

use super::normalisation::normalise;
use super::peer::{Came, Peer};
use super::script::Step;
use super::stand_ins::StandIns;

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

/// A peer that is told the same as another.
pub(super) struct Side<P> {
    peer: P,
    stand_ins: StandIns,
}

impl<P: Peer> Side<P> {
    pub(super) fn new(peer: P) -> Self {
        Self {
            peer,
            stand_ins: StandIns::default(),
        }
    }

    /// Takes a step; what is compared of what then comes, by connection.
    pub(super) fn act(&mut self, step: &Step) -> Result<Vec<Vec<Vec<u8>>>> {
        let sent = step.bytes.as_deref().map(|bytes| self.filled(bytes));
        match &sent {
            Some(bytes) => self.peer.send(step.connection, bytes)?,
            None => self.peer.hang_up(step.connection)?,
        }
        self.stand_ins.sent(sent.as_deref().unwrap_or_default());
        let came = self.peer.take()?;
        Ok(came.iter().map(|came| self.messages(came)).collect())
    }

    /// What is sent to this peer.
    fn filled(&self, bytes: &[u8]) -> Vec<u8> {
        let own = self.peer.own();
        let onion = self.stand_ins.last_onion();
        [
            ("{cookie}", own.cookie.as_bytes()),
            ("{torrc}", own.torrc.as_bytes()),
            ("{onion}", onion),
        ]
        .into_iter()
        .fold(Cow::Borrowed(bytes), |bytes, (name, value)| {
            match bytes
                .windows(name.len())
                .position(|part| part == name.as_bytes())
            {
                Some(at) => [&bytes[..at], value, &bytes[at + name.len()..]]
                    .concat()
                    .into(),
                None => bytes,
            }
        })
        .into_owned()
    }

    /// What is compared of what came on one connection.
    fn messages(&mut self, came: &Came) -> Vec<Vec<u8>> {
        let mut decoder = Decoder::new();
        decoder.push(&came.bytes);
        let mut rest = came.bytes.as_slice();
        let mut messages = Vec::new();
        while let Ok(Some(message)) = decoder.next() {
            let bytes = message.as_bytes();
            rest = &rest[bytes.len()..];
            if !LEFT_OUT.iter().any(|start| bytes.starts_with(start)) {
                messages.push(self.normalised(bytes));
            }
        }
        // What is no message, as a page for browsers.
        if !rest.is_empty() {
            messages.push(self.normalised(rest));
        }
        if came.closed {
            messages.push(CLOSED.into());
        }
        messages
    }

    fn normalised(&mut self, bytes: &[u8]) -> Vec<u8> {
        let bytes = normalise(bytes, &self.peer.own().folder);
        self.stand_ins.replace(bytes)
    }
}
