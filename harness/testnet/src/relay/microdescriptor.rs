//! What clients need to know of a relay (dir-spec section 3.3).

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{Builder, Kind, OwnedItem};

use super::settings::Relay;
use crate::item::item;

impl Relay {
    /// Its microdescriptor.
    #[must_use]
    pub fn microdescriptor(&self) -> Builder {
        let keys = self.keys();
        let onion_key = match self.has_tap_key {
            true => self.tap_key_item(),
            false => OwnedItem::new("onion-key"),
        };
        let mut all = Builder::new(Kind::Microdescriptor)
            .push(onion_key)
            .push(item(
                "ntor-onion-key",
                BASE64_NOPAD.encode(&keys.ntor_public()),
            ));
        if let Some(family) = self.family_line() {
            all = all.push(item("family", family));
        }
        if !self.family_keys.is_empty() {
            let id = |public: [u8; 32]| format!("ed25519:{}", BASE64_NOPAD.encode(&public));
            let mut ids: Vec<_> = self
                .family_keys
                .iter()
                .map(|key| id(key.public()))
                .collect();
            ids.sort_unstable();
            all = all.push(item("family-ids", ids.join(" ")));
        }
        for (keyword, policy) in [("p", &self.policy), ("p6", &self.policy_v6)] {
            if !policy.is_none() {
                all = all.push(item(keyword, policy.summary()));
            }
        }
        let identity = BASE64_NOPAD.encode(&keys.master().public());
        all.push(item("id", format!("ed25519 {identity}")))
    }
}
