//! A file that is not written yet.

use tor_harness_netdoc::{OwnedItem, encode};

/// A file: its path in some folder, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct File {
    /// The path, with `/` between its parts.
    pub path: String,
    /// The contents.
    pub bytes: Vec<u8>,
}

impl File {
    pub(crate) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
        }
    }

    /// A file as tor keeps keys in: what it is, filled up to 32 bytes, and the key.
    pub(crate) fn tagged(path: impl Into<String>, tag: &str, parts: &[&[u8]]) -> Self {
        let mut bytes = format!("== {tag} ==").into_bytes();
        bytes.resize(32, 0);
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        Self::new(path, bytes)
    }

    /// An RSA key as OpenSSL keeps it: PKCS#1 in lines of base64.
    pub(crate) fn pem(path: impl Into<String>, der: &[u8]) -> Self {
        let item = OwnedItem::default().object_of("RSA PRIVATE KEY", der);
        Self::new(path, encode([&item]))
    }

    /// The same file in a folder.
    #[must_use]
    pub fn under(self, folder: &str) -> Self {
        Self {
            path: format!("{folder}/{}", self.path),
            ..self
        }
    }
}
