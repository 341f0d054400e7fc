//! A real tor that is given documents.

use tor_harness::client::Client;
use tor_harness::control::Command;
use tor_harness::control::command::{HsPost, PostDescriptor, RouterPurpose};
use tor_harness::netdoc::{Document, Kind, OnionDescriptor, ServerDescriptor, Unproved};
use tor_harness::process::Tor;
use tor_harness::runner::Failed;

/// A tor, and a connection to its control port.
pub(crate) struct Judge {
    client: Client,
    _tor: Tor,
}

/// What tor says of a descriptor whose certificates are over.
const EXPIRED: &[u8] = b"certs on this router are expired";

impl Judge {
    pub(crate) fn start() -> Result<Self, Failed> {
        let tor = Tor::builder().start()?;
        Ok(Self {
            client: tor.client()?,
            _tor: tor,
        })
    }

    /// Whether tor takes a server descriptor for good. That it is old, or not new, is
    /// another question.
    pub(crate) fn takes_server_descriptor(&mut self, document: &[u8]) -> Result<bool, Failed> {
        self.takes(&Command::PostDescriptor(PostDescriptor {
            purpose: Some(RouterPurpose::General),
            descriptor: document.into(),
            ..PostDescriptor::default()
        }))
    }

    /// Whether tor would upload the outer layer of the descriptor of an onion service.
    pub(crate) fn takes_onion_descriptor(
        &mut self,
        address: &str,
        document: &[u8],
    ) -> Result<bool, Failed> {
        self.takes(&Command::HsPost(HsPost {
            address: Some(address.into()),
            descriptor: document.into(),
            ..HsPost::default()
        }))
    }

    fn takes(&mut self, command: &Command<'_>) -> Result<bool, Failed> {
        let reply = self.client.ask(command)?;
        let last = reply.as_message().last();
        match last.status.as_u16() {
            // tor took it, and has dropped it.
            251 if last.text.windows(EXPIRED.len()).any(|text| text == EXPIRED) => Ok(false),
            250 | 251 => Ok(true),
            554 => Ok(false),
            other => Err(format!("expected 250, 251 or 554, got {other}").into()),
        }
    }
}

/// What does not hold of a document, by what is verified here.
pub(crate) fn failures(kind: Kind, bytes: &[u8]) -> Vec<Unproved> {
    let document = Document::new(bytes);
    let failures = match kind {
        Kind::OnionDescriptor => OnionDescriptor::read(document).verify().err(),
        _ => ServerDescriptor::read(document).verify().err(),
    };
    failures.unwrap_or_default()
}
