//! What is made of all that stands before it: signatures.

use alloc::sync::Arc;
use alloc::vec::Vec;

use data_encoding::BASE64_NOPAD;

use super::ed25519::Ed25519SecretKey;
use super::rsa::RsaSecretKey;
use crate::structure::{OwnedItem, sha1, sha256};

/// How the signature of an item is made, when the document is written.
#[derive(Clone, Debug)]
pub enum Seal {
    /// An object `SIGNATURE`: by RSA, of the SHA-1 of the document up to the end of this keyword
    /// line. So relays sign (`router-signature`), and authorities their certificates
    /// (`dir-key-certification`).
    Rsa(Arc<RsaSecretKey>),
    /// An object `SIGNATURE`: by RSA, of the SHA-1 of the document up to the space behind the
    /// first `directory-signature`. So authorities sign votes and the ns consensus.
    DirectorySha1(Arc<RsaSecretKey>),
    /// The same of the SHA-256: so authorities sign the microdesc consensus.
    DirectorySha256(Arc<RsaSecretKey>),
    /// A word: by ed25519, of the SHA-256 of a prefix and the document up to the space behind
    /// this keyword. So relays sign (`router-sig-ed25519`).
    Router(Arc<Ed25519SecretKey>),
    /// A word: by ed25519, of a prefix and the document up to this item. So onion services sign
    /// their descriptors (`signature`).
    Onion(Arc<Ed25519SecretKey>),
}

/// What is signed behind this: by a relay (dir-spec section 2.1.1), by an onion service
/// (rend-spec-v3 section 2.4).
const ROUTER: &[u8] = b"Tor router descriptor signature v1";
const ONION: &[u8] = b"Tor onion service descriptor sig v3";

impl Seal {
    /// The item with its signature. `before` is the document up to it, `directory` up to the first
    /// signature of an authority.
    pub(super) fn close(&self, item: &OwnedItem, before: &[u8], directory: &[u8]) -> OwnedItem {
        let keyword = item.keyword.as_bytes();
        let of_directory = || [directory, keyword, b" "].concat();
        match self {
            Self::Rsa(key) => {
                let mut signed = before.to_vec();
                item.encode(&mut signed);
                signature(item, key, &sha1(&signed))
            }
            Self::DirectorySha1(key) => signature(item, key, &sha1(&of_directory())),
            Self::DirectorySha256(key) => signature(item, key, &sha256(&of_directory())),
            Self::Router(key) => {
                let digest = sha256(&[ROUTER, before, keyword, b" "].concat());
                word(item, &key.sign(&digest))
            }
            Self::Onion(key) => word(item, &key.sign(&[ONION, before].concat())),
        }
    }
}

fn signature(item: &OwnedItem, key: &RsaSecretKey, digest: &[u8]) -> OwnedItem {
    // There is room for a digest in every key.
    let item = item.clone();
    item.object_of("SIGNATURE", &key.sign(digest).unwrap_or_default())
}

fn word(item: &OwnedItem, signature: &[u8; 64]) -> OwnedItem {
    let mut text: Vec<u8> = item.text.clone().unwrap_or_default();
    text.extend_from_slice(BASE64_NOPAD.encode(signature).as_bytes());
    item.clone().text(text)
}
