//! The relays of a network, with the digests by which votes and consensuses name them.

use tor_harness_netdoc::{Document, Flavor, ServerDescriptor, Sha1, Sha256, sha256};

use super::settings::Network;
use crate::parallel;
use crate::relay::Relay;

/// A relay with the digests of its documents.
pub(super) struct Named<'n> {
    pub(super) relay: &'n Relay,
    pub(super) microdescriptor: Sha256,
    /// Nothing but zeros where nobody needs it: to make it takes a signature.
    pub(super) server_descriptor: Sha1,
}

impl<'n> Named<'n> {
    /// A relay of which these documents are made already.
    pub(super) fn by(relay: &'n Relay, microdescriptor: &[u8], server_descriptor: &[u8]) -> Self {
        let read = ServerDescriptor::read(Document::new(server_descriptor));
        Self {
            relay,
            microdescriptor: sha256(microdescriptor),
            server_descriptor: read.digest().unwrap_or_default(),
        }
    }

    /// The digest that a consensus has.
    pub(super) fn digest(&self, flavor: Flavor) -> &[u8] {
        match flavor {
            Flavor::Ns => &self.server_descriptor,
            Flavor::Microdesc => &self.microdescriptor,
        }
    }
}

impl Network {
    /// All relays in the order of their fingerprints, named as far as a consensus needs it.
    pub(super) fn named(&self, flavor: Flavor) -> Vec<Named<'_>> {
        let needs_descriptors = flavor == Flavor::Ns || self.status.with_votes;
        parallel::map(&self.all_relays(), |relay| Named {
            relay,
            microdescriptor: sha256(&relay.microdescriptor().encode()),
            server_descriptor: match needs_descriptors {
                true => relay.server_descriptor_digest(),
                false => Sha1::default(),
            },
        })
    }
}
