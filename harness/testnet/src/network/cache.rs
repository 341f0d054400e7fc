//! A network's documents as a directory cache serves them.

use std::collections::HashMap;

use data_encoding::{BASE64_NOPAD, HEXUPPER};
use tor_harness_netdoc::{Document, Microdescriptor, ServerDescriptor};

use super::documents::Documents;

/// What a directory cache answers who asks it by HTTP (dir-spec, "URLs" of its appendix B).
#[derive(Clone, Debug, Default)]
pub struct DirectoryCache {
    consensus: Vec<u8>,
    microdesc_consensus: Vec<u8>,
    certificates: Vec<u8>,
    /// By what the URLs name them by.
    descriptors: HashMap<String, Vec<u8>>,
    microdescriptors: HashMap<String, Vec<u8>>,
}

impl DirectoryCache {
    /// One that has these documents.
    #[must_use]
    pub fn new(documents: &Documents) -> Self {
        let descriptors = documents.server_descriptors.iter().filter_map(|bytes| {
            let digest = ServerDescriptor::read(Document::new(bytes)).digest()?;
            Some((HEXUPPER.encode(&digest), bytes.clone()))
        });
        let microdescriptors = documents.microdescriptors.iter().map(|bytes| {
            let digest = Microdescriptor::read(Document::new(bytes)).digest();
            (BASE64_NOPAD.encode(&digest), bytes.clone())
        });
        Self {
            consensus: documents.consensus.clone(),
            microdesc_consensus: documents.microdesc_consensus.clone(),
            certificates: documents.key_certificates.concat(),
            descriptors: descriptors.collect(),
            microdescriptors: microdescriptors.collect(),
        }
    }

    /// The body for a target such as `/tor/micro/d/DIGEST-DIGEST.z`, not compressed; empty where it
    /// has nothing of that.
    #[must_use]
    pub fn get(&self, target: &str) -> Vec<u8> {
        let target = target.strip_suffix(".z").unwrap_or(target);
        let rest = |start| target.strip_prefix(start);
        let some = |all: &HashMap<String, Vec<u8>>, names: &str, separator| {
            let found = names.split(separator).filter_map(|name| all.get(name));
            found.flatten().copied().collect()
        };
        if rest("/tor/status-vote/current/consensus-microdesc").is_some() {
            self.microdesc_consensus.clone()
        } else if rest("/tor/status-vote/current/consensus").is_some() {
            self.consensus.clone()
        } else if rest("/tor/keys/").is_some() {
            self.certificates.clone()
        } else if let Some(names) = rest("/tor/micro/d/") {
            some(&self.microdescriptors, names, '-')
        } else if let Some(names) = rest("/tor/server/d/") {
            some(&self.descriptors, names, '+')
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Network, Seed};

    #[test]
    fn it_answers_by_digest() {
        let time = "2026-11-22 12:00:00".parse().unwrap();
        let all = Network::new(Seed::new(1), 1, 3, time).documents();
        let cache = DirectoryCache::new(&all);
        let micro = |number: usize| {
            let bytes = &all.microdescriptors[number];
            BASE64_NOPAD.encode(&Microdescriptor::read(Document::new(bytes)).digest())
        };
        let server = |number: usize| {
            let bytes = &all.server_descriptors[number];
            let digest = ServerDescriptor::read(Document::new(bytes)).digest();
            HEXUPPER.encode(&digest.unwrap())
        };
        let both = |documents: &[Vec<u8>]| [&documents[2][..], &documents[0]].concat();
        let nothing = "A".repeat(43);
        for (target, expected) in [
            (
                "/tor/status-vote/current/consensus.z".to_owned(),
                all.consensus.clone(),
            ),
            (
                "/tor/status-vote/current/consensus/AB+CD.z".to_owned(),
                all.consensus.clone(),
            ),
            (
                "/tor/status-vote/current/consensus-microdesc/AB.z".to_owned(),
                all.microdesc_consensus.clone(),
            ),
            ("/tor/keys/all".to_owned(), all.key_certificates.concat()),
            (
                format!("/tor/micro/d/{}-{nothing}-{}.z", micro(2), micro(0)),
                both(&all.microdescriptors),
            ),
            (
                format!("/tor/server/d/{}+{}.z", server(2), server(0)),
                both(&all.server_descriptors),
            ),
            ("/tor/extra/d/AB.z".to_owned(), Vec::new()),
        ] {
            assert!(cache.get(&target) == expected, "{target}");
        }
    }
}
