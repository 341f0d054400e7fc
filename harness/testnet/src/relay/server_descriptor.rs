//! What a relay says of itself (dir-spec section 2.1.1).

use data_encoding::{BASE64_NOPAD, HEXUPPER};
use tor_harness_netdoc::{
    Builder, Document, Ed25519CertificateDraft, ExtraInfo, Kind, OwnedItem, Seal, Sha1, sha1,
};
use tor_harness_types::Fingerprint;

use super::settings::Relay;
use crate::item::item;
use crate::time::moved;

/// How long certificates hold, in seconds: thirty days.
const LIFETIME: i64 = 30 * 24 * 3600;

impl Relay {
    /// Its server descriptor, which names its [`Relay::extra_info`].
    #[must_use]
    pub fn server_descriptor(&self) -> Builder {
        self.server_descriptor_naming(&self.extra_info().encode())
    }

    /// The same, naming an extra-info document that is made already.
    #[must_use]
    pub fn server_descriptor_naming(&self, extra_info: &[u8]) -> Builder {
        let seal = Seal::Rsa(self.keys().identity().clone());
        self.unsigned(extra_info)
            .push_sealed(OwnedItem::new("router-signature"), seal)
    }

    /// What a consensus names its server descriptor by. It is not signed with RSA for this.
    #[must_use]
    pub fn server_descriptor_digest(&self) -> Sha1 {
        let unsigned = self.unsigned(&self.extra_info().encode());
        sha1(&unsigned.push(OwnedItem::new("router-signature")).encode())
    }

    /// All but the RSA signature.
    fn unsigned(&self, extra_info: &[u8]) -> Builder {
        let keys = self.keys();
        let (ntor, sign) = keys.ntor_ed25519();
        let expires = moved(self.published, LIFETIME);
        let crosscert =
            Ed25519CertificateDraft::new(10, keys.master().public(), expires).sign(ntor);
        let read = ExtraInfo::read(Document::new(extra_info));
        let [sha1, sha256] = [
            read.digest().map(Vec::from),
            read.digest_sha256().map(Vec::from),
        ];
        let digests = [
            HEXUPPER.encode(&sha1.unwrap_or_default()),
            BASE64_NOPAD.encode(&sha256.unwrap_or_default()),
        ];
        let router = format!(
            "{} {} {} 0 {}",
            self.nickname, self.address, self.or_port, self.dir_port
        );

        let mut all = Builder::new(Kind::ServerDescriptor)
            .push(item("router", router))
            .push(self.identity_item())
            .push(item(
                "master-key-ed25519",
                BASE64_NOPAD.encode(&keys.master().public()),
            ));
        if let Some(ipv6) = self.ipv6 {
            all = all.push(item("or-address", ipv6.to_string()));
        }
        all = all
            .push(item("platform", format!("Tor {} on Linux", self.version)))
            .push(item("proto", self.protocols.clone()))
            .push(item("published", self.published.to_string()))
            .push(item("fingerprint", spaced(self.fingerprint())))
            .push(item("uptime", self.uptime.to_string()))
            .push(item("bandwidth", self.bandwidth_line()))
            .push(item("extra-info-digest", digests.join(" ")));
        if self.has_tap_key {
            all = all.push(self.tap_key_item());
        }
        all = all.push(
            OwnedItem::new("signing-key").object_of("RSA PUBLIC KEY", keys.identity().public_der()),
        );
        if self.has_tap_key {
            let both = [self.fingerprint().as_bytes(), &keys.master().public()[..]].concat();
            let crosscert = keys
                .onion()
                .sign(&both)
                .expect("both are shorter than a key");
            all =
                all.push(OwnedItem::new("onion-key-crosscert").object_of("CROSSCERT", &crosscert));
        }
        all = all.push(
            item("ntor-onion-key-crosscert", u8::from(sign).to_string())
                .object_of("ED25519 CERT", &crosscert),
        );
        if let Some(family) = self.family_line() {
            all = all.push(item("family", family));
        }
        for key in &self.family_keys {
            let draft = Ed25519CertificateDraft::new(12, keys.master().public(), expires);
            let certificate = draft.naming(key).sign(key);
            all = all.push(OwnedItem::new("family-cert").object_of("FAMILY CERT", &certificate));
        }
        all = all.push(OwnedItem::new("hidden-service-dir"));
        if let Some(contact) = &self.contact {
            all = all.push(item("contact", contact.clone()));
        }
        all = all.push(item(
            "ntor-onion-key",
            BASE64_NOPAD.encode(&keys.ntor_public()),
        ));
        for (keyword, text) in self.policy.lines() {
            all = all.push(item(keyword, text));
        }
        if !self.policy_v6.is_none() {
            all = all.push(item("ipv6-policy", self.policy_v6.summary()));
        }
        all.push(OwnedItem::new("tunnelled-dir-server"))
            .push_sealed(
                OwnedItem::new("router-sig-ed25519"),
                Seal::Router(keys.signing().clone()),
            )
    }

    /// How much it lets through, for a while, and has carried, in bytes a second: tor knows none
    /// above 2^31-1, and no relay that lets nothing through.
    fn bandwidth_line(&self) -> String {
        const MOST: u64 = i32::MAX as u64;
        let bytes = u64::from(self.bandwidth) * 1000;
        let [average, burst] = [2, 4].map(|times| (times * bytes).clamp(1, MOST));
        format!("{average} {burst} {}", bytes.min(MOST))
    }

    /// The certificate of the signing key, which both descriptors have.
    pub(super) fn identity_item(&self) -> OwnedItem {
        OwnedItem::new("identity-ed25519").object_of("ED25519 CERT", &self.signing_certificate())
    }

    pub(crate) fn signing_certificate(&self) -> Vec<u8> {
        let keys = self.keys();
        let expires = moved(self.published, LIFETIME);
        let draft = Ed25519CertificateDraft::new(4, keys.signing().public(), expires);
        draft.naming(keys.master()).sign(keys.master())
    }

    /// The key for TAP.
    pub(super) fn tap_key_item(&self) -> OwnedItem {
        let der = self.keys().onion().public_der();
        OwnedItem::new("onion-key").object_of("RSA PUBLIC KEY", der)
    }

    /// The family as descriptors and microdescriptors name it, itself included.
    pub(super) fn family_line(&self) -> Option<String> {
        let mut all = self.family.clone();
        if all.is_empty() {
            return None;
        }
        all.push(self.fingerprint());
        all.sort_unstable();
        all.dedup();
        let names: Vec<_> = all.iter().map(|one| format!("${one}")).collect();
        Some(names.join(" "))
    }
}

/// A fingerprint in groups of four digits.
pub(crate) fn spaced(fingerprint: Fingerprint) -> String {
    let digits = fingerprint.to_string();
    let groups: Vec<_> = digits
        .as_bytes()
        .chunks(4)
        .map(String::from_utf8_lossy)
        .collect();
    groups.join(" ")
}
