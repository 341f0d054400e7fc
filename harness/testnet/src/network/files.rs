//! A network as tor's own files.

use tor_harness_netdoc::Flavor;
use tor_harness_types::UtcSeconds;

use super::documents::Documents;
use super::settings::Network;
use crate::file::File;

impl Network {
    /// What a client's data directory holds when it knows this network: the consensus, all
    /// microdescriptors, the certificates of the authorities.
    #[must_use]
    pub fn client_files(&self) -> Vec<File> {
        let consensus = self.consensus(Flavor::Microdesc).encode();
        let valid_after = self.status.valid_after;
        vec![
            File::new("cached-certs", self.key_certificates().concat()),
            File::new("cached-microdesc-consensus", consensus),
            File::new(
                "cached-microdescs",
                listed(valid_after, &self.microdescriptors()),
            ),
        ]
    }

    /// What a relay's data directory holds of this network: all [`Network::documents`].
    #[must_use]
    pub fn relay_files(&self, all: &Documents) -> Vec<File> {
        let microdescriptors = listed(self.status.valid_after, &all.microdescriptors);
        vec![
            File::new("cached-certs", all.key_certificates.concat()),
            File::new(
                "cached-microdesc-consensus",
                all.microdesc_consensus.clone(),
            ),
            File::new("cached-microdescs", microdescriptors),
            File::new("cached-consensus", all.consensus.clone()),
            File::new("cached-descriptors", all.server_descriptors.concat()),
            File::new("cached-extrainfo", all.extra_infos.concat()),
        ]
    }

    /// The lines of a torrc by which a tor trusts the authorities, and no others.
    #[must_use]
    pub fn torrc(&self) -> String {
        let lines = self.authorities.iter();
        lines.map(|one| one.dir_authority_line() + "\n").collect()
    }
}

/// Microdescriptors as tor keeps them: each with the time when a consensus named it last.
fn listed(time: UtcSeconds, microdescriptors: &[Vec<u8>]) -> Vec<u8> {
    let annotation = format!("@last-listed {time}\n").into_bytes();
    let all = microdescriptors.iter();
    all.flat_map(|one| [&annotation[..], one])
        .collect::<Vec<_>>()
        .concat()
}
