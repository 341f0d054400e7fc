//! The directories of a network that a tor has built in.

use tor_harness_netdoc::{Builder, Kind, OwnedItem};

use super::settings::Network;
use crate::authority::Authority;
use crate::item::item;
use crate::relay::Relay;

/// How many fallbacks there are, at most.
const FALLBACKS: usize = 200;

impl Network {
    /// The directories that a new tor asks first (dir-list-spec): its first relays with the flag
    /// `V2Dir`. An item `,` ends each.
    #[must_use]
    pub fn fallback_list(&self) -> Builder {
        let digits = |byte: &u8| byte.is_ascii_digit();
        let time = self.status.valid_after.to_string().into_bytes();
        let time: Vec<_> = time.into_iter().filter(digits).collect();
        let head = Builder::new(Kind::FallbackList)
            .push(item("type", "fallback"))
            .push(item("version", "4.0.0"))
            .push(item("timestamp", time))
            .push(item("source", "offer-list"));
        let is_directory = |relay: &&Relay| relay.flags.iter().any(|flag| flag == "V2Dir");
        let all = self.relays.iter().filter(is_directory).take(FALLBACKS);
        all.fold(head, |all, relay| {
            let ipv6 = relay.ipv6.map(|ipv6| item("ipv6", ipv6.to_string()));
            let all = all
                .push(item("dir_address", relay.address.to_string()))
                .push(item("orport", relay.or_port.to_string()))
                .push(item("id", relay.fingerprint().to_string()));
            ipv6.into_iter()
                .fold(all, Builder::push)
                .push(item("nickname", relay.nickname.to_string()))
                .push(item("extrainfo", "0"))
                .push(OwnedItem::new(","))
        })
    }

    /// Its authorities as tor has them built in. An item `,` ends each.
    #[must_use]
    pub fn authority_list(&self) -> Builder {
        let head = Builder::new(Kind::AuthorityList);
        self.authorities.iter().fold(head, |all, authority| {
            let Authority { relay, .. } = authority;
            let address = format!("{}:{}", relay.address, relay.dir_port);
            all.push(item("nickname", relay.nickname.to_string()))
                .push(item("orport", relay.or_port.to_string()))
                .push(item("flag", "no-v2"))
                .push(item("v3ident", authority.identity().to_string()))
                .push(item("dir_address", address))
                .push(item("fingerprint", relay.fingerprint().to_string()))
                .push(OwnedItem::new(","))
        })
    }
}
