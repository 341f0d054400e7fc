//! What one authority of a network says of it (dir-spec section 3.4.1).

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{Builder, Document, Flavor, Kind, OwnedItem, Seal, Sha1, Vote};

use super::named::Named;
use super::settings::Network;
use crate::authority::Authority;
use crate::item::item;
use crate::parallel;
use crate::relay::moved;

impl Network {
    /// The vote of an authority: all vote alike.
    #[must_use]
    pub fn vote(&self, authority: &Authority) -> Builder {
        self.vote_of(authority, &self.named(Flavor::Ns))
    }

    /// The same of relays that are named already.
    pub(super) fn vote_of(&self, authority: &Authority, relays: &[Named<'_>]) -> Builder {
        let kind = Kind::Vote;
        let [vote, dist] = self.status.voting_delay.map(i64::from);
        let method = self.status.method.to_string();
        let published = moved(self.status.valid_after, -(vote + dist));
        let mut all = Builder::new(kind)
            .push(item("network-status-version", "3"))
            .push(item("vote-status", "vote"))
            .push(item("consensus-methods", method.clone()))
            .push(item("published", published.to_string()))
            .append(self.times(kind))
            .append(self.agreed(kind))
            .append(self.bandwidth_items());
        for item in authority.source_items() {
            all = all.push(item);
        }
        all = all
            .append(self.random_values(kind))
            // What it signs is the certificate alone.
            .append(authority.key_certificate().sealed());
        for entry in parallel::map(relays, |one| entry(one, &method)) {
            all = all.append(entry);
        }
        let seal = Seal::DirectorySha256(authority.signing_key().clone());
        all.push(OwnedItem::new("directory-footer"))
            .push_sealed(authority.signature_item("sha256 "), seal)
    }
}

/// What a consensus names a vote by: what is signed of it.
pub(super) fn digest_of(vote: &[u8]) -> Sha1 {
    let signed = Vote::read(Document::new(vote)).signed_part();
    signed.map(|part| part.sha1()).unwrap_or_default()
}

/// A relay's entry in a vote: that of the ns consensus, and what the microdesc consensus is made of.
fn entry(one: &Named<'_>, method: &str) -> Builder {
    let identity = BASE64_NOPAD.encode(&one.relay.keys().master().public());
    let digest = BASE64_NOPAD.encode(&one.microdescriptor);
    // By the bandwidth file.
    let bandwidth = one.relay.bandwidth;
    one.relay
        .status_entry_naming(Flavor::Ns, &one.server_descriptor)
        .set("w", format!("Bandwidth={bandwidth} Measured={bandwidth}"))
        .push(item("id", format!("ed25519 {identity}")))
        .push(item("m", format!("{method} sha256={digest}")))
}
