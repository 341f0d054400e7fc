//! A network as tor's own files.

use tor_harness_netdoc::Flavor;

use super::settings::Network;

/// A file: its path in some folder, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct File {
    /// The path, with `/` between its parts.
    pub path: String,
    /// The contents.
    pub bytes: Vec<u8>,
}

impl Network {
    /// What a client's data directory holds when it knows this network: the consensus, all
    /// microdescriptors, the certificates of the authorities.
    #[must_use]
    pub fn client_files(&self) -> Vec<File> {
        let listed = format!("@last-listed {}\n", self.status.valid_after);
        let microdescriptors = self.microdescriptors();
        let cached = microdescriptors
            .iter()
            .flat_map(|one| [listed.as_bytes(), one]);
        let consensus = self.consensus(Flavor::Microdesc).encode();
        let files = [
            ("cached-certs", self.key_certificates().concat()),
            ("cached-microdesc-consensus", consensus),
            ("cached-microdescs", cached.collect::<Vec<_>>().concat()),
        ];
        let file = |(path, bytes): (&str, _)| File {
            path: path.into(),
            bytes,
        };
        files.map(file).into()
    }

    /// The lines of a torrc by which a tor trusts the authorities, and no others.
    #[must_use]
    pub fn torrc(&self) -> String {
        let lines = self
            .authorities
            .iter()
            .map(|one| one.dir_authority_line() + "\n");
        lines.collect()
    }
}
