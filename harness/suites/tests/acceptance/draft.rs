//! The server descriptor of a relay of our own, signed as somebody wants.

use std::time::SystemTime;

use curve25519_dalek::MontgomeryPoint;
use data_encoding::BASE64_NOPAD;
use sha2::{Digest as _, Sha256};
use tor_harness::types::UtcSeconds;
use tor_harness_netdoc::{
    Ed25519CertificateDraft, Ed25519SecretKey, OwnedItem, Sha1, Sha256 as Digest, encode, sha1,
};

/// A server descriptor but for its signatures.
pub(crate) struct Draft {
    /// The key that its ed25519 identity key certifies. Whoever signs has to know what it is.
    pub(crate) signing_key: [u8; 32],
    /// The RSA identity key, in DER.
    pub(crate) rsa_key: Vec<u8>,
}

/// Test keys, of nobody.
const MASTER: [u8; 32] = [1; 32];
const NTOR: [u8; 32] = [2; 32];

impl Draft {
    /// The document, whose text is changed until both signatures are found for the digests
    /// that are to be signed.
    pub(crate) fn signed(
        &self,
        ed25519: impl Fn(&Digest) -> Option<[u8; 64]>,
        rsa: impl Fn(&Sha1) -> Option<Vec<u8>>,
    ) -> Vec<u8> {
        let items = self.items();
        let attempts = (0_u32..).map(|number| {
            let contact = OwnedItem::new("contact").text(number.to_string());
            let mut text = encode(items.iter().chain([&contact]));
            text.extend_from_slice(b"reject *:*\nrouter-sig-ed25519 ");
            let digest = Sha256::new()
                .chain_update(b"Tor router descriptor signature v1")
                .chain_update(&text);
            let signature = ed25519(&digest.finalize().into())?;
            text.extend_from_slice(BASE64_NOPAD.encode(&signature).as_bytes());
            text.extend_from_slice(b"\nrouter-signature\n");
            let signature = rsa(&sha1(&text))?;
            let object = OwnedItem::new("").object_of("SIGNATURE", &signature);
            let object = encode([&object]);
            // Without the empty keyword's line.
            text.extend_from_slice(object.trim_ascii_start());
            Some(text)
        });
        attempts.flatten().next().expect("there are enough texts")
    }

    fn items(&self) -> Vec<OwnedItem> {
        let now = SystemTime::now();
        let now = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        let time = |later| UtcSeconds::from_unix(now.as_secs() as i64 + later).expect("a time");
        let tomorrow = time(86_400);
        let master = Ed25519SecretKey::from_seed(MASTER);
        let identity = Ed25519CertificateDraft::new(4, self.signing_key, tomorrow);
        let (ntor, sign) = Ed25519SecretKey::from_x25519(NTOR);
        let crosscert = Ed25519CertificateDraft::new(10, master.public(), tomorrow);
        let fingerprint = data_encoding::HEXUPPER.encode(&sha1(&self.rsa_key));
        let fingerprint: Vec<_> = fingerprint.as_bytes().chunks(4).collect();
        let word = |bytes: &[u8]| BASE64_NOPAD.encode(bytes);
        let item = |keyword, text: &str| OwnedItem::new(keyword).text(text);
        vec![
            item("router", "edge 127.0.0.1 9001 0 0"),
            OwnedItem::new("identity-ed25519")
                .object_of("ED25519 CERT", &identity.naming(&master).sign(&master)),
            item("master-key-ed25519", &word(&master.public())),
            item("platform", "Tor 0.4.9.11 on Linux"),
            item("proto", "Desc=1-4 Link=3-5 Relay=2-6"),
            item("published", &time(0).to_string()),
            OwnedItem::new("fingerprint").text(fingerprint.join(&b' ')),
            item("bandwidth", "1000 1000 1000"),
            OwnedItem::new("signing-key").object_of("RSA PUBLIC KEY", &self.rsa_key),
            OwnedItem::new("ntor-onion-key-crosscert")
                .text(u8::from(sign).to_string())
                .object_of("ED25519 CERT", &crosscert.sign(&ntor)),
            item(
                "ntor-onion-key",
                &word(MontgomeryPoint::mul_base_clamped(NTOR).as_bytes()),
            ),
        ]
    }
}
