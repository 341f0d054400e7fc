//! What all authorities of a network agree on (dir-spec section 3.4.1).

use data_encoding::HEXUPPER;
use tor_harness_netdoc::{Builder, Flavor, Kind, OwnedItem, Seal, Sha1};

use super::listing::Listed;
use super::named::Named;
use super::settings::Network;
use super::status::StatusSettings;
use super::vote::digest_of;
use super::weights::{BandwidthWeights, Sums, all_the_same};
use crate::authority::Authority;
use crate::item::item;
use crate::parallel;

/// The weight that is 1, unless the parameter `bwweightscale` says another.
const SCALE: i32 = 10_000;

impl Network {
    /// The consensus, signed by all authorities.
    #[must_use]
    pub fn consensus(&self, flavor: Flavor) -> Builder {
        let named = self.named(flavor);
        self.consensus_of(flavor, &named, &self.vote_digests(&named))
    }

    /// The same of relays that are named already, and votes of the authorities.
    pub(super) fn consensus_of(
        &self,
        flavor: Flavor,
        relays: &[Named<'_>],
        votes: &[Sha1],
    ) -> Builder {
        let (kind, version) = match flavor {
            Flavor::Ns => (Kind::Consensus, "3"),
            Flavor::Microdesc => (Kind::ConsensusMicrodesc, "3 microdesc"),
        };
        let status = self.agreed_status();
        let listed = self.listed(relays, &status);
        let mut all = Builder::new(kind)
            .push(item("network-status-version", version))
            .push(item("vote-status", "consensus"))
            .push(item("consensus-method", self.method().to_string()))
            .append(status.times(kind))
            .append(status.versions(kind))
            .append(status.agreed(kind))
            .append(status.random_values(kind, self.authorities.len()));
        for (authority, vote) in self.by_identity().into_iter().zip(votes) {
            for item in authority.source_items() {
                all = all.push(item);
            }
            all = all.push(item("vote-digest", HEXUPPER.encode(vote)));
        }
        for entry in parallel::map(&listed, |one| one.entry(flavor)) {
            all = all.append(entry);
        }
        all = all.push(OwnedItem::new("directory-footer"));
        if let Some(weights) = weights(&status, &listed) {
            all = all.push(item("bandwidth-weights", weights));
        }
        for authority in self.by_identity() {
            let key = authority.signing_key().clone();
            let (algorithm, seal) = match flavor {
                Flavor::Ns => ("", Seal::DirectorySha1(key)),
                Flavor::Microdesc => ("sha256 ", Seal::DirectorySha256(key)),
            };
            all = all.push_sealed(authority.signature_item(algorithm), seal);
        }
        all
    }

    /// What the consensus names the votes by, in the order of the authorities' identities.
    pub(super) fn vote_digests(&self, relays: &[Named<'_>]) -> Vec<Sha1> {
        let all = self.by_identity().into_iter();
        let digest = |authority: &Authority| match self.status.with_votes {
            true => digest_of(&self.vote_of(authority, relays).encode()),
            false => self.seed.bytes(&format!("vote {}", authority.identity())),
        };
        all.map(digest).collect()
    }
}

/// How bandwidth is weighed for each position, if that can be said.
fn weights(status: &StatusSettings, listed: &[Listed<'_>]) -> Option<String> {
    match status.bandwidth_weights {
        BandwidthWeights::Same(weight) => Some(all_the_same(weight)),
        BandwidthWeights::Computed => {
            let mut sums = Sums::default();
            for one in listed {
                sums.add(&one.relay.flags, one.bandwidth);
            }
            let scale = status.params.get("bwweightscale").copied();
            sums.line(scale.unwrap_or(SCALE))
        }
    }
}
