//! The items that votes have in common with the consensus, but for its entries (dir-spec section 3.4.1).

use std::collections::BTreeMap;
use std::fmt::Display;

use data_encoding::BASE64;
use tor_harness_netdoc::{Builder, Kind};

use super::status::{SHARED_RANDOM, StatusSettings};
use crate::item::item;

impl StatusSettings {
    /// When the consensus counts.
    pub(super) fn times(&self, kind: Kind) -> Builder {
        let [vote, dist] = self.voting_delay;
        Builder::new(kind)
            .push(item("valid-after", self.valid_after.to_string()))
            .push(item("fresh-until", self.fresh_until.to_string()))
            .push(item("valid-until", self.valid_until.to_string()))
            .push(item("voting-delay", format!("{vote} {dist}")))
    }

    /// What versions of tor are recommended.
    pub(super) fn versions(&self, kind: Kind) -> Builder {
        let mut all = Builder::new(kind);
        for (keyword, versions) in [
            ("client-versions", &self.client_versions),
            ("server-versions", &self.server_versions),
        ] {
            // A consensus says so where nobody has an opinion.
            if kind != Kind::Vote || !versions.is_empty() {
                all = all.push(item(keyword, versions.join(",")));
            }
        }
        all
    }

    /// Flags, subprotocols, parameters.
    pub(super) fn agreed(&self, kind: Kind) -> Builder {
        let mut all = Builder::new(kind).push(item("known-flags", self.known_flags.join(" ")));
        if kind == Kind::Vote && !self.flag_thresholds.is_empty() {
            all = all.push(item("flag-thresholds", pairs(&self.flag_thresholds)));
        }
        for (keyword, protocols) in &self.protocols {
            all = all.push(item(keyword, protocols.clone()));
        }
        if !self.params.is_empty() {
            all = all.push(item("params", pairs(&self.params)));
        }
        all
    }

    /// The values by which onion services find their directories, of so many authorities.
    pub(super) fn random_values(&self, kind: Kind, authorities: usize) -> Builder {
        let values = SHARED_RANDOM.into_iter().zip(&self.shared_random);
        values.fold(Builder::new(kind), |all, (keyword, value)| {
            let value = BASE64.encode(value);
            all.push(item(keyword, format!("{authorities} {value}")))
        })
    }
}

/// `NAME=VALUE` of each, in order.
pub(super) fn pairs(all: &BTreeMap<String, impl Display>) -> String {
    let pairs = all.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join(" ")
}
