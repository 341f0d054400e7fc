//! What a consensus says of a relay (dir-spec sections 3.4.1 and 3.9).

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{Builder, Flavor, Kind, sha256};

use super::settings::Relay;
use crate::item::item;

/// Newer consensuses do not say when a relay made its descriptor.
const NEVER: &str = "2038-01-01 00:00:00";

impl Relay {
    /// Its entry in a consensus.
    #[must_use]
    pub fn status_entry(&self, flavor: Flavor) -> Builder {
        match flavor {
            Flavor::Ns => self.status_entry_naming(flavor, &self.server_descriptor_digest()),
            Flavor::Microdesc => {
                let digest = sha256(&self.microdescriptor().encode());
                self.status_entry_naming(flavor, &digest)
            }
        }
    }

    /// The same, naming a document by its digest: a server descriptor, or a microdescriptor.
    #[must_use]
    pub fn status_entry_naming(&self, flavor: Flavor, digest: &[u8]) -> Builder {
        let digest = BASE64_NOPAD.encode(digest);
        let (kind, descriptor) = match flavor {
            Flavor::Ns => (Kind::Consensus, format!("{digest} {}", self.published)),
            Flavor::Microdesc => (Kind::ConsensusMicrodesc, NEVER.into()),
        };
        let identity = BASE64_NOPAD.encode(self.fingerprint().as_bytes());
        let place = format!("{} {} {}", self.address, self.or_port, self.dir_port);
        let router = format!("{} {identity} {descriptor} {place}", self.nickname);
        let mut all = Builder::new(kind).push(item("r", router));
        if let Some(ipv6) = self.ipv6 {
            all = all.push(item("a", ipv6.to_string()));
        }
        if flavor == Flavor::Microdesc {
            all = all.push(item("m", digest));
        }
        all = all
            .push(item("s", self.flags.join(" ")))
            .push(item("v", format!("Tor {}", self.version)))
            .push(item("pr", self.protocols.clone()))
            .push(item("w", format!("Bandwidth={}", self.weight())));
        if flavor == Flavor::Ns {
            all = all.push(item("p", self.policy.summary()));
        }
        all
    }
}
