//! All documents of a network at once.

use tor_harness_netdoc::Flavor;

use super::named::Named;
use super::settings::Network;
use super::vote::digest_of;
use crate::parallel;

/// All documents of a network, each as it is written. Those of relays are in the order of their
/// fingerprints, those of authorities in the order of their identities, those of bridges in the order
/// of their hashed fingerprints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// A server descriptor of each relay.
    pub server_descriptors: Vec<Vec<u8>>,
    /// An extra-info document of each relay.
    pub extra_infos: Vec<Vec<u8>>,
    /// A microdescriptor of each relay.
    pub microdescriptors: Vec<Vec<u8>>,
    /// A certificate of each authority.
    pub key_certificates: Vec<Vec<u8>>,
    /// A vote of each authority; none unless the network's status is
    /// [`with_votes`](super::StatusSettings::with_votes).
    pub votes: Vec<Vec<u8>>,
    /// The ns consensus.
    pub consensus: Vec<u8>,
    /// The microdesc consensus.
    pub microdesc_consensus: Vec<u8>,
    /// The signatures of both.
    pub detached_signatures: Vec<u8>,
    /// What all votes measure relays by.
    pub bandwidth_file: Vec<u8>,
    /// From where the exits reach the world.
    pub exit_list: Vec<u8>,
    /// A sanitised server descriptor of each bridge.
    pub bridge_server_descriptors: Vec<Vec<u8>>,
    /// A sanitised extra-info document of each bridge.
    pub bridge_extra_infos: Vec<Vec<u8>>,
    /// The sanitised status of all bridges.
    pub bridge_network_status: Vec<u8>,
}

impl Network {
    /// All documents, on all cores. One by one they are the same, but some would be made again
    /// for the digests by which others name them.
    #[must_use]
    pub fn documents(&self) -> Documents {
        let relays = self.all_relays();
        let of_relays = parallel::map(&relays, |relay| {
            let extra_info = relay.extra_info().encode();
            let descriptor = relay.server_descriptor_naming(&extra_info).encode();
            let microdescriptor = relay.microdescriptor().encode();
            let named = Named::by(relay, &microdescriptor, &descriptor);
            ([descriptor, extra_info, microdescriptor], named)
        });
        let mut all = Documents::default();
        let mut named = Vec::with_capacity(of_relays.len());
        for ([descriptor, extra_info, microdescriptor], one) in of_relays {
            all.server_descriptors.push(descriptor);
            all.extra_infos.push(extra_info);
            all.microdescriptors.push(microdescriptor);
            named.push(one);
        }
        all.key_certificates = self.key_certificates();
        let digests: Vec<_> = match self.status.with_votes {
            true => {
                let authorities = self.by_identity();
                let votes = authorities
                    .iter()
                    .map(|one| self.vote_of(one, &named).encode());
                all.votes = votes.collect();
                all.votes.iter().map(|vote| digest_of(vote)).collect()
            }
            false => self.vote_digests(&named),
        };
        let status = |flavor| self.consensus_of(flavor, &named, &digests).encode();
        all.consensus = status(Flavor::Ns);
        all.microdesc_consensus = status(Flavor::Microdesc);
        let signatures = self.detached_signatures_of(&all.consensus, &all.microdesc_consensus);
        all.detached_signatures = signatures.encode();
        all.bandwidth_file = self.bandwidth_file().encode();
        all.exit_list = self.exit_list().encode();
        let bridges = self.sanitised_bridges();
        all.bridge_network_status = self.bridge_network_status_of(&bridges).encode();
        for bridge in bridges {
            let descriptor = bridge.server_descriptor.encode();
            all.bridge_server_descriptors.push(descriptor);
            all.bridge_extra_infos.push(bridge.extra_info.encode());
        }
        all
    }

    /// The microdescriptors of all relays, in the order of their fingerprints.
    #[must_use]
    pub fn microdescriptors(&self) -> Vec<Vec<u8>> {
        parallel::map(&self.all_relays(), |relay| relay.microdescriptor().encode())
    }

    /// The key certificates of all authorities, in the order of their identities.
    #[must_use]
    pub fn key_certificates(&self) -> Vec<Vec<u8>> {
        let all = self.by_identity();
        all.iter()
            .map(|authority| authority.key_certificate().encode())
            .collect()
    }
}
