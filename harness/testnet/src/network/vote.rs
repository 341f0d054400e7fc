//! What one authority of a network says of it (dir-spec section 3.4.1).

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{Builder, Document, Flavor, Kind, OwnedItem, Seal, Sha1, Vote};

use super::listing::Listed;
use super::named::Named;
use super::settings::Network;
use crate::authority::Authority;
use crate::item::item;
use crate::parallel;

impl Network {
    /// The vote of an authority, by its [`Authority::opinion`].
    #[must_use]
    pub fn vote(&self, authority: &Authority) -> Builder {
        self.vote_of(authority, &self.named(Flavor::Ns))
    }

    /// The same of relays that are named already.
    pub(super) fn vote_of(&self, authority: &Authority, relays: &[Named<'_>]) -> Builder {
        let kind = Kind::Vote;
        let status = self.status_by(authority);
        let methods: Vec<_> = status.methods.iter().map(u32::to_string).collect();
        let mut all = Builder::new(kind)
            .push(item("network-status-version", "3"))
            .push(item("vote-status", "vote"))
            .push(item("consensus-methods", methods.join(" ")))
            .push(item("published", status.published().to_string()))
            .append(status.times(kind))
            .append(status.versions(kind))
            .append(status.agreed(kind))
            .append(self.bandwidth_items(authority));
        for item in authority.source_items() {
            all = all.push(item);
        }
        all = all
            .append(status.random_values(kind, self.authorities.len()))
            // What it signs is the certificate alone.
            .append(authority.key_certificate().sealed());
        let methods = methods.join(",");
        let entries = parallel::map(relays, |one| {
            let listed = authority.lists(one, &status.known_flags)?;
            Some(entry(&listed, &methods))
        });
        for entry in entries.into_iter().flatten() {
            all = all.append(entry);
        }
        // Of a vote tor knows no other digest.
        let seal = Seal::DirectorySha1(authority.signing_key().clone());
        all.push(OwnedItem::new("directory-footer"))
            .push_sealed(authority.signature_item(""), seal)
    }
}

/// What a consensus names a vote by: what is signed of it.
pub(super) fn digest_of(vote: &[u8]) -> Sha1 {
    let signed = Vote::read(Document::new(vote)).signed_part();
    signed.map(|part| part.sha1()).unwrap_or_default()
}

/// A relay's entry in a vote: that of the ns consensus, and what the microdesc consensus is made of.
fn entry(one: &Listed<'_>, methods: &str) -> Builder {
    let identity = BASE64_NOPAD.encode(&one.relay.keys().master().public());
    let digest = BASE64_NOPAD.encode(one.microdescriptor());
    one.entry(Flavor::Ns)
        .push(item("id", format!("ed25519 {identity}")))
        .push(item("m", format!("{methods} sha256={digest}")))
}
