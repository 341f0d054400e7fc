//! A bridge.

use tor_harness_netdoc::{Builder, sha1};
use tor_harness_types::{Fingerprint, UtcSeconds};

use crate::file::File;
use crate::relay::{Relay, nickname};
use crate::seed::Seed;

/// A bridge out of a seed: a relay that no consensus lists.
#[derive(Clone, Debug)]
pub struct Bridge {
    /// The relay that it is.
    pub relay: Relay,
    /// By which way people are to hear of it: `any`, `https`, `none`.
    pub distribution: String,
}

impl Bridge {
    /// The bridge with this number, which made its descriptors at most some hours before a moment.
    #[must_use]
    pub fn new(seed: Seed, number: u64, now: UtcSeconds) -> Self {
        let mut relay = Relay::new(seed.child("bridges", 0), number, now);
        relay.nickname = nickname(&format!("bridge{number}"));
        Self {
            relay,
            distribution: "any".into(),
        }
    }

    /// Its server descriptor, as it gives it to the bridge authority.
    #[must_use]
    pub fn server_descriptor(&self) -> Builder {
        let descriptor = self.relay.server_descriptor();
        descriptor.add("bridge-distribution-request", self.distribution.as_str())
    }

    /// Its extra-info document.
    #[must_use]
    pub fn extra_info(&self) -> Builder {
        self.relay.extra_info()
    }

    /// The SHA-1 of its fingerprint: what it is called where it must not be found.
    #[must_use]
    pub fn hashed_fingerprint(&self) -> Fingerprint {
        Fingerprint::new(sha1(self.relay.fingerprint().as_bytes()))
    }

    /// Its line in a client's torrc.
    #[must_use]
    pub fn bridge_line(&self) -> String {
        let Relay {
            address, or_port, ..
        } = self.relay;
        format!("Bridge {address}:{or_port} {}", self.relay.fingerprint())
    }

    /// What tor keeps of a bridge in its data directory.
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        let mut files = self.relay.files();
        let line = format!("{} {}\n", self.relay.nickname, self.hashed_fingerprint());
        files.push(File::new("hashed-fingerprint", line));
        files
    }
}
