//! A network as CollecTor's files.

use tor_harness_netdoc::{Document, Vote};

use super::documents::Documents;
use super::settings::Network;
use crate::file::File;

impl Network {
    /// All [`Network::documents`] where CollecTor has recent ones, with the annotations by which
    /// it says what they are.
    #[must_use]
    pub fn archive_files(&self, all: &Documents) -> Vec<File> {
        let time = self.status.valid_after.to_string();
        let time = time.replace([' ', ':'], "-");
        let consensus = std::slice::from_ref(&all.consensus);
        let microdesc = std::slice::from_ref(&all.microdesc_consensus);
        let file = |folder: &str, name: &str, annotation: &str, documents: &[Vec<u8>]| {
            let annotation = format!("@type {annotation} 1.0\n").into_bytes();
            let parts = documents.iter().flat_map(|one| [&annotation[..], one]);
            let path = format!("recent/relay-descriptors/{folder}/{time}-{name}");
            File::new(path, parts.collect::<Vec<_>>().concat())
        };
        let mut files = vec![
            file(
                "consensuses",
                "consensus",
                "network-status-consensus-3",
                consensus,
            ),
            file(
                "microdescs/consensus-microdesc",
                "consensus-microdesc",
                "network-status-microdesc-consensus-3",
                microdesc,
            ),
            file(
                "microdescs/micro",
                "micro",
                "microdescriptor",
                &all.microdescriptors,
            ),
            file(
                "server-descriptors",
                "server-descriptors",
                "server-descriptor",
                &all.server_descriptors,
            ),
            file("extra-infos", "extra-infos", "extra-info", &all.extra_infos),
            file(
                "certs",
                "certs",
                "dir-key-certificate-3",
                &all.key_certificates,
            ),
        ];
        for vote in &all.votes {
            files.push(file(
                "votes",
                &vote_name(vote),
                "network-status-vote-3",
                std::slice::from_ref(vote),
            ));
        }
        files
    }
}

/// Whose vote it is, and its digest.
fn vote_name(vote: &[u8]) -> String {
    let read = Vote::read(Document::new(vote));
    let digest = read
        .signed_part()
        .map(|part| part.sha1())
        .unwrap_or_default();
    let digest = data_encoding::HEXUPPER.encode(&digest);
    let identity = read
        .key_certificate()
        .and_then(|one| one.fingerprint().ok());
    identity.map_or_else(String::new, |identity| format!("vote-{identity}-{digest}"))
}
