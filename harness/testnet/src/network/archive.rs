//! A network as CollecTor's files.

use std::slice;

use data_encoding::HEXUPPER;
use tor_harness_netdoc::{BandwidthFile, CollectorType, Document, Kind, Vote, sha256};

use super::documents::Documents;
use super::settings::Network;
use super::vote::digest_of;
use crate::file::File;

impl Network {
    /// All [`Network::documents`] where CollecTor has recent ones, with the annotations by which
    /// it says what they are. Detached signatures are not among them: CollecTor has none.
    #[must_use]
    pub fn archive_files(&self, all: &Documents) -> Vec<File> {
        let time = self.status.valid_after.to_string();
        let time = time.replace([' ', ':'], "-");
        let relays = |folder: &str, name: &str, kind, documents| {
            let path = format!("relay-descriptors/{folder}/{time}-{name}");
            file(&path, kind, documents)
        };
        let mut files = vec![
            relays(
                "consensuses",
                "consensus",
                Kind::Consensus,
                slice::from_ref(&all.consensus),
            ),
            relays(
                "microdescs/consensus-microdesc",
                "consensus-microdesc",
                Kind::ConsensusMicrodesc,
                slice::from_ref(&all.microdesc_consensus),
            ),
            relays(
                "microdescs/micro",
                "micro",
                Kind::Microdescriptor,
                &all.microdescriptors,
            ),
            relays(
                "server-descriptors",
                "server-descriptors",
                Kind::ServerDescriptor,
                &all.server_descriptors,
            ),
            relays(
                "extra-infos",
                "extra-infos",
                Kind::ExtraInfo,
                &all.extra_infos,
            ),
            relays(
                "certs",
                "certs",
                Kind::KeyCertificate,
                &all.key_certificates,
            ),
            file(
                &format!(
                    "relay-descriptors/bandwidths/{}",
                    bandwidth_name(&all.bandwidth_file)
                ),
                Kind::BandwidthFile,
                slice::from_ref(&all.bandwidth_file),
            ),
        ];
        files.push(file(
            &format!("exit-lists/{time}"),
            Kind::ExitList,
            slice::from_ref(&all.exit_list),
        ));
        for vote in &all.votes {
            files.push(relays(
                "votes",
                &vote_name(vote),
                Kind::Vote,
                slice::from_ref(vote),
            ));
        }
        if !self.bridges.is_empty() {
            files.extend(self.bridge_files(&time, all));
        }
        files
    }

    fn bridge_files(&self, time: &str, all: &Documents) -> [File; 3] {
        let authority = self.authorities.first();
        let authority =
            authority.map_or_else(String::new, |one| one.relay.fingerprint().to_string());
        let (date, clock) = time.split_at(10);
        let [date, clock] = [date, clock].map(|part| part.replace('-', ""));
        let status = format!("statuses/{date}-{clock}-{authority}");
        let descriptors = format!("server-descriptors/{time}-server-descriptors");
        let extra_infos = format!("extra-infos/{time}-extra-infos");
        let status_document = slice::from_ref(&all.bridge_network_status);
        [
            (status, Kind::BridgeNetworkStatus, status_document),
            (
                descriptors,
                Kind::BridgeServerDescriptor,
                &all.bridge_server_descriptors,
            ),
            (extra_infos, Kind::BridgeExtraInfo, &all.bridge_extra_infos),
        ]
        .map(|(name, kind, documents)| file(&format!("bridge-descriptors/{name}"), kind, documents))
    }
}

/// A file of recent documents, each behind an annotation.
fn file(path: &str, kind: Kind, documents: &[Vec<u8>]) -> File {
    let mut types = CollectorType::all().iter();
    let own = types.find(|one| one.read_as == Some(kind));
    let annotation = own.map_or_else(String::new, |CollectorType { name, newest, .. }| {
        format!("@type {name} {newest}\n")
    });
    let parts = documents
        .iter()
        .flat_map(|one| [annotation.as_bytes(), one]);
    File::new(format!("recent/{path}"), parts.collect::<Vec<_>>().concat())
}

/// When it was written, and its digest.
fn bandwidth_name(bytes: &[u8]) -> String {
    let read = BandwidthFile::read(Document::new(bytes));
    let created = read.header().value("file_created").unwrap_or_default();
    let created = String::from_utf8_lossy(created).replace(['T', ':'], "-");
    format!("{created}-bandwidth-{}", HEXUPPER.encode(&sha256(bytes)))
}

/// Whose vote it is, and its digest.
fn vote_name(vote: &[u8]) -> String {
    let read = Vote::read(Document::new(vote));
    let digest = HEXUPPER.encode(&digest_of(vote));
    let identity = read
        .key_certificate()
        .and_then(|one| one.fingerprint().ok());
    identity.map_or_else(String::new, |identity| format!("vote-{identity}-{digest}"))
}
