//! The entries of all relays, and the documents they are made of.

use tor_harness_netdoc::{Builder, Flavor};

use super::settings::Network;
use crate::parallel;

impl Network {
    /// The microdescriptors of all relays, in the order of their fingerprints.
    #[must_use]
    pub fn microdescriptors(&self) -> Vec<Vec<u8>> {
        parallel::map(&self.all_relays(), |relay| relay.microdescriptor().encode())
    }

    /// The server descriptors of all relays, signed, in the order of their fingerprints.
    #[must_use]
    pub fn server_descriptors(&self) -> Vec<Vec<u8>> {
        parallel::map(&self.all_relays(), |relay| {
            relay.server_descriptor().encode()
        })
    }

    /// The extra-info documents of all relays, signed, in the order of their fingerprints.
    #[must_use]
    pub fn extra_infos(&self) -> Vec<Vec<u8>> {
        parallel::map(&self.all_relays(), |relay| relay.extra_info().encode())
    }

    /// The key certificates of all authorities, in the order of their identities.
    #[must_use]
    pub fn key_certificates(&self) -> Vec<Vec<u8>> {
        let all = self.by_identity();
        all.iter()
            .map(|authority| authority.key_certificate().encode())
            .collect()
    }

    /// The entries of all relays in a consensus.
    pub(super) fn entries(&self, flavor: Flavor) -> Vec<Builder> {
        parallel::map(&self.all_relays(), |relay| relay.status_entry(flavor))
    }
}
