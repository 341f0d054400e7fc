//! The descriptor of an onion service of version 2, which no tor takes any more (rend-spec-v2
//! section 1.3).

use data_encoding::BASE32_NOPAD;
use tor_harness_netdoc::{Builder, Kind, OwnedItem, RsaSecretKey, Seal, sha1};
use tor_harness_types::UtcSeconds;

use crate::item::item;
use crate::relay::Relay;
use crate::time::moved;

const DAY: i64 = 24 * 3600;

/// A descriptor, the first of two replicas, of the service that has the first relay's identity
/// key; open to all.
pub(crate) fn descriptor_2(relays: &[Relay], now: UtcSeconds) -> Builder {
    let key = relays[0].keys().identity();
    let id = &sha1(key.public_der())[..10];
    let period = (now.as_unix() + i64::from(id[0]) * DAY / 256) / DAY;
    let secret = sha1(&[&(period as u32).to_be_bytes()[..], &[0]].concat());
    let descriptor_id = sha1(&[id, &secret].concat());
    let published = moved(now, -(now.as_unix() % 3600));
    let points: Vec<_> = relays.iter().map(|relay| point_2(relay).encode()).collect();
    Builder::new(Kind::OnionDescriptor2)
        .push(item(
            "rendezvous-service-descriptor",
            base32(&descriptor_id),
        ))
        .push(item("version", "2"))
        .push(public("permanent-key", key))
        .push(item("secret-id-part", base32(&secret)))
        .push(item("publication-time", published.to_string()))
        .push(item("protocol-versions", "2,3"))
        .push(OwnedItem::new("introduction-points").object_of("MESSAGE", &points.concat()))
        .push_sealed(OwnedItem::new("signature"), Seal::Rsa(key.clone()))
}

/// A relay as an introduction point; its key for the service is that for TAP.
pub(crate) fn point_2(relay: &Relay) -> Builder {
    let keys = relay.keys();
    Builder::new(Kind::OnionDescriptor2Point)
        .push(item(
            "introduction-point",
            base32(relay.fingerprint().as_bytes()),
        ))
        .push(item("ip-address", relay.address.to_string()))
        .push(item("onion-port", relay.or_port.to_string()))
        .push(public("onion-key", keys.onion()))
        .push(public("service-key", keys.onion()))
}

fn public(keyword: &str, key: &RsaSecretKey) -> OwnedItem {
    OwnedItem::new(keyword).object_of("RSA PUBLIC KEY", key.public_der())
}

fn base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_lowercase()
}
