//! What an authority said of a network before there were consensuses (dir-spec version 2,
//! section 3).

use tor_harness_netdoc::{Builder, Flavor, Kind, OwnedItem, Seal};

use super::settings::Network;
use crate::authority::Authority;
use crate::item::item;
use crate::parallel;
use crate::relay::Relay;

impl Network {
    /// The network status of version 2 by an authority, signed by the key of its relay.
    #[must_use]
    pub fn network_status_2(&self, authority: &Authority) -> Builder {
        let Relay {
            nickname,
            address,
            dir_port,
            contact,
            ..
        } = &authority.relay;
        let key = authority.relay.keys().identity();
        let kind = Kind::NetworkStatus2;
        let status = &self.status;
        let has_versions = !status.client_versions.is_empty() || !status.server_versions.is_empty();
        let (options, versions) = match has_versions {
            true => ("Names Versions", status.versions(kind)),
            false => ("Names", Builder::new(kind)),
        };
        let head = Builder::new(kind)
            .push(item("network-status-version", "2"))
            .push(item(
                "dir-source",
                format!("{address} {address} {dir_port}"),
            ))
            .push(item("fingerprint", key.fingerprint().to_string()))
            .push(item("contact", contact.clone().unwrap_or_default()))
            .push(item("published", self.status.valid_after.to_string()))
            .push(item("dir-options", options))
            .append(versions)
            .push(OwnedItem::new("dir-signing-key").object_of("RSA PUBLIC KEY", key.public_der()));
        let entry = |relay: &&Relay| relay.status_entry(Flavor::Ns).without("a").without("pr");
        parallel::map(&self.all_relays(), entry)
            .into_iter()
            .fold(head, Builder::append)
            .push_sealed(
                item("directory-signature", nickname.to_string()),
                Seal::Rsa(key.clone()),
            )
    }
}
