//! A directory authority.

use std::sync::Arc;

use tor_harness_netdoc::{Builder, Kind, OwnedItem, RsaSecretKey, Seal};
use tor_harness_types::{Fingerprint, UtcSeconds};

use crate::file::File;
use crate::item::item;
use crate::network::Opinion;
use crate::nickname::nickname;
use crate::primes::{Bits, rsa_key};
use crate::relay::Relay;
use crate::seed::Seed;
use crate::time::moved;

/// A directory authority out of a seed: a relay, with two keys more.
#[derive(Clone, Debug)]
pub struct Authority {
    /// The relay that it is, too. It has a port for directory requests.
    pub relay: Relay,
    identity: Arc<RsaSecretKey>,
    signing: Arc<RsaSecretKey>,
    /// From when on its signing key is certified.
    pub certified: UtcSeconds,
    /// When that is over.
    pub expires: UtcSeconds,
    /// What it says otherwise than the others.
    pub opinion: Opinion,
}

/// The relays of authorities have the last of the numbers that all have other keys.
const LAST: u64 = 10_454;
/// How long a signing key is certified, in seconds: a year.
const YEAR: i64 = 365 * 24 * 3600;

impl Authority {
    /// The authority with this number. No two of 300 have the same keys.
    #[must_use]
    pub fn new(seed: Seed, number: u64, now: UtcSeconds) -> Self {
        let mut relay = Relay::new(seed, LAST.wrapping_sub(number), now);
        relay.nickname = nickname(&format!("auth{number}"));
        relay.dir_port = 80;
        relay.set_flag("Authority", true);
        let key = seed.below("authority", 300).wrapping_add(number);
        Self {
            relay,
            identity: rsa_key(Bits::B3072, key),
            signing: rsa_key(Bits::B2048, key),
            certified: moved(now, -24 * 3600),
            expires: moved(now, YEAR - 24 * 3600),
            opinion: Opinion::default(),
        }
    }

    /// The name that its identity key gives it: `v3ident` in a `DirAuthority` line.
    #[must_use]
    pub fn identity(&self) -> Fingerprint {
        self.identity.fingerprint()
    }

    /// The key that it is known by.
    #[must_use]
    pub fn identity_key(&self) -> &Arc<RsaSecretKey> {
        &self.identity
    }

    /// The key by which it signs votes and consensuses.
    #[must_use]
    pub fn signing_key(&self) -> &Arc<RsaSecretKey> {
        &self.signing
    }

    /// Its key certificate (dir-spec section 3.1), which names its port for directory requests if
    /// it has one.
    #[must_use]
    pub fn key_certificate(&self) -> Builder {
        let key = |keyword: &str, key: &RsaSecretKey| {
            OwnedItem::new(keyword).object_of("RSA PUBLIC KEY", key.public_der())
        };
        let crosscert = self.signing.sign(self.identity().as_bytes());
        let crosscert = crosscert.expect("a fingerprint is shorter than a key");
        let mut all =
            Builder::new(Kind::KeyCertificate).push(item("dir-key-certificate-version", "3"));
        if self.relay.dir_port != 0 {
            let address = format!("{}:{}", self.relay.address, self.relay.dir_port);
            all = all.push(item("dir-address", address));
        }
        all.push(item("fingerprint", self.identity().to_string()))
            .push(item("dir-key-published", self.certified.to_string()))
            .push(item("dir-key-expires", self.expires.to_string()))
            .push(key("dir-identity-key", &self.identity))
            .push(key("dir-signing-key", &self.signing))
            .push(OwnedItem::new("dir-key-crosscert").object_of("ID SIGNATURE", &crosscert))
            .push_sealed(
                OwnedItem::new("dir-key-certification"),
                Seal::Rsa(self.identity.clone()),
            )
    }

    /// What tor keeps of an authority in its data directory, besides what it keeps of a relay. The
    /// identity key is not among it: tor needs it for no more than new certificates.
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        let mut files = self.relay.files();
        files.push(File::pem(
            "keys/authority_signing_key",
            &self.signing.private_der(),
        ));
        let certificate = self.key_certificate().encode();
        files.push(File::new("keys/authority_certificate", certificate));
        files
    }

    /// Its line in a torrc, by which a tor trusts it.
    #[must_use]
    pub fn dir_authority_line(&self) -> String {
        let Relay {
            nickname,
            address,
            or_port,
            dir_port,
            ..
        } = &self.relay;
        format!(
            "DirAuthority {nickname} orport={or_port} no-v2 v3ident={} {address}:{dir_port} {}",
            self.identity(),
            self.relay.fingerprint()
        )
    }

    /// The lines by which votes and consensuses name it, but for the digest of its vote.
    pub(crate) fn source_items(&self) -> [OwnedItem; 2] {
        let Relay {
            nickname,
            address,
            or_port,
            dir_port,
            contact,
            ..
        } = &self.relay;
        let identity = self.identity();
        let source = format!("{nickname} {identity} {address} {address} {dir_port} {or_port}");
        let contact = contact.clone().unwrap_or_default();
        [
            OwnedItem::new("dir-source").text(source),
            OwnedItem::new("contact").text(contact),
        ]
    }

    /// An item for its signature: the hash, as far as it is named, and both keys.
    pub(crate) fn signature_item(&self, algorithm: &str) -> OwnedItem {
        let keys = format!(
            "{algorithm}{} {}",
            self.identity(),
            self.signing.fingerprint()
        );
        OwnedItem::new("directory-signature").text(keys)
    }
}
