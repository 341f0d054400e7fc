//! What all authorities of a network agree on (dir-spec section 3.4.1).

use data_encoding::{BASE64, HEXUPPER};
use tor_harness_netdoc::{Builder, Flavor, Kind, OwnedItem, Seal, Sha1};

use super::named::Named;
use super::settings::Network;
use crate::authority::Authority;
use crate::parallel;

/// The flags that authorities can give, in order.
const FLAGS: [&str; 12] = [
    "Authority",
    "BadExit",
    "Exit",
    "Fast",
    "Guard",
    "HSDir",
    "MiddleOnly",
    "NoEdConsensus",
    "Running",
    "Stable",
    "V2Dir",
    "Valid",
];

/// What tors have to speak, as authorities of tor 0.4.9 say it.
const PROTOCOLS: [(&str, &str); 4] = [
    (
        "recommended-client-protocols",
        "Cons=2 Desc=2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4 HSRend=2 Link=4-5 Microdesc=2 Relay=2-4",
    ),
    (
        "recommended-relay-protocols",
        "Cons=2 Desc=2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=2 Link=4-5 LinkAuth=3 Microdesc=2 Relay=2-4",
    ),
    (
        "required-client-protocols",
        "Cons=2 Desc=2 FlowCtrl=1 Link=4 Microdesc=2 Relay=2",
    ),
    (
        "required-relay-protocols",
        "Cons=2 Desc=2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=2 Link=4-5 LinkAuth=3 Microdesc=2 Relay=2-4",
    ),
];

/// The names of the weights (dir-spec section 3.8.3), in order.
const WEIGHTS: [&str; 19] = [
    "Wbd", "Wbe", "Wbg", "Wbm", "Wdb", "Web", "Wed", "Wee", "Weg", "Wem", "Wgb", "Wgd", "Wgg",
    "Wgm", "Wmb", "Wmd", "Wme", "Wmg", "Wmm",
];

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
        let mut all = Builder::new(kind)
            .push(item("network-status-version", version))
            .push(item("vote-status", "consensus"))
            .push(item("consensus-method", self.status.method.to_string()))
            .append(self.times(kind))
            .push(item("client-versions", ""))
            .push(item("server-versions", ""))
            .append(self.agreed(kind));
        for (authority, vote) in self.by_identity().into_iter().zip(votes) {
            for item in authority.source_items() {
                all = all.push(item);
            }
            all = all.push(item("vote-digest", HEXUPPER.encode(vote)));
        }
        let entry = |one: &Named<'_>| one.relay.status_entry_naming(flavor, one.digest(flavor));
        for entry in parallel::map(relays, entry) {
            all = all.append(entry);
        }
        let weight = |name| format!("{name}={}", self.status.bandwidth_weights);
        all = all
            .push(OwnedItem::new("directory-footer"))
            .push(item("bandwidth-weights", WEIGHTS.map(weight).join(" ")));
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

    /// When it counts.
    pub(super) fn times(&self, kind: Kind) -> Builder {
        let status = &self.status;
        let [vote, dist] = status.voting_delay;
        Builder::new(kind)
            .push(item("valid-after", status.valid_after.to_string()))
            .push(item("fresh-until", status.fresh_until.to_string()))
            .push(item("valid-until", status.valid_until.to_string()))
            .push(item("voting-delay", format!("{vote} {dist}")))
    }

    /// What votes say, too: flags, subprotocols, parameters, random values.
    pub(super) fn agreed(&self, kind: Kind) -> Builder {
        let mut all = Builder::new(kind).push(item("known-flags", FLAGS.join(" ")));
        for (keyword, protocols) in PROTOCOLS {
            all = all.push(item(keyword, protocols));
        }
        let params = self.status.params.iter();
        let params: Vec<_> = params
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !params.is_empty() {
            all = all.push(item("params", params.join(" ")));
        }
        if kind != Kind::Vote {
            all = all.append(self.random_values(kind));
        }
        all
    }

    /// The values by which onion services find their directories.
    pub(super) fn random_values(&self, kind: Kind) -> Builder {
        let count = self.authorities.len();
        let names = ["shared-rand-previous-value", "shared-rand-current-value"];
        names.into_iter().fold(Builder::new(kind), |all, name| {
            let value = BASE64.encode(&self.seed.bytes::<32>(name));
            all.push(item(name, format!("{count} {value}")))
        })
    }

    /// What the consensus names the votes by, in the order of the authorities' identities.
    pub(super) fn vote_digests(&self, relays: &[Named<'_>]) -> Vec<Sha1> {
        let all = self.by_identity().into_iter();
        let digest = |authority: &Authority| match self.status.with_votes {
            true => self.digest_of_vote(authority, relays),
            false => self.seed.bytes(&format!("vote {}", authority.identity())),
        };
        all.map(digest).collect()
    }
}

pub(super) fn item(keyword: &str, text: impl Into<Vec<u8>>) -> OwnedItem {
    OwnedItem::new(keyword).text(text)
}
