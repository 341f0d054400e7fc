//! What a relay says of itself that clients need not know (dir-spec section 2.1.2).

use tor_harness_netdoc::{Builder, Kind, OwnedItem, Seal};

use super::settings::Relay;

/// The SHA-1 of nothing: the relay has no GeoIP file.
const NO_FILE: &str = "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709";

impl Relay {
    /// Its extra-info document.
    #[must_use]
    pub fn extra_info(&self) -> Builder {
        let item = |keyword: &str, text: String| OwnedItem::new(keyword).text(text);
        let published = self.published.to_string();
        let carried = u64::from(self.bandwidth) * 1000 * 86_400;
        let history = format!("{published} (86400 s) {carried}");
        Builder::new(Kind::ExtraInfo)
            .push(item(
                "extra-info",
                format!("{} {}", self.nickname, self.fingerprint()),
            ))
            .push(self.identity_item())
            .push(item("published", published))
            .push(item("write-history", history.clone()))
            .push(item("read-history", history))
            .push(item("geoip-db-digest", NO_FILE.into()))
            .push(item("geoip6-db-digest", NO_FILE.into()))
            .push_sealed(
                OwnedItem::new("router-sig-ed25519"),
                Seal::Router(self.keys().signing().clone()),
            )
            .push_sealed(
                OwnedItem::new("router-signature"),
                Seal::Rsa(self.keys().identity().clone()),
            )
    }
}
