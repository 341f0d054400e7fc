//! An ed25519 certificate that is to be made (cert-spec section 2.1).

use alloc::vec::Vec;

use tor_harness_types::UtcSeconds;

use super::ed25519::Ed25519SecretKey;
use crate::forms::ed25519_certificate::SIGNED_WITH;

/// What an ed25519 certificate is to say. All of it can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ed25519CertificateDraft {
    /// The version, which is 1.
    pub version: u8,
    /// What it certifies: 4 for a signing key by an identity key, and so on.
    pub cert_type: u8,
    /// The hours from 1970 on after which it is over.
    pub expires_hours: u32,
    /// What the certified key is: 1 for ed25519.
    pub key_type: u8,
    /// The certified key, or the hash of one.
    pub key: [u8; 32],
    /// The extensions: type, flags, data.
    pub extensions: Vec<(u8, u8, Vec<u8>)>,
}

impl Ed25519CertificateDraft {
    /// A certificate of this type for an ed25519 key, over with the hour that this moment is in.
    #[must_use]
    pub fn new(cert_type: u8, key: [u8; 32], expires: UtcSeconds) -> Self {
        let hours = (expires.as_unix() + 3599).div_euclid(3600);
        Self {
            version: 1,
            cert_type,
            expires_hours: u32::try_from(hours).unwrap_or(if hours < 0 { 0 } else { u32::MAX }),
            key_type: 1,
            key,
            extensions: Vec::new(),
        }
    }

    /// The same, naming the key that signs.
    #[must_use]
    pub fn naming(mut self, signer: &Ed25519SecretKey) -> Self {
        let extension = (SIGNED_WITH, 0, signer.public().into());
        self.extensions.push(extension);
        self
    }

    /// The certificate's bytes, signed by this key.
    #[must_use]
    pub fn sign(&self, signer: &Ed25519SecretKey) -> Vec<u8> {
        let mut bytes = Vec::from([self.version, self.cert_type]);
        bytes.extend_from_slice(&self.expires_hours.to_be_bytes());
        bytes.push(self.key_type);
        bytes.extend_from_slice(&self.key);
        bytes.push(self.extensions.len() as u8);
        for (extension_type, flags, data) in &self.extensions {
            bytes.extend_from_slice(&(data.len() as u16).to_be_bytes());
            bytes.extend_from_slice(&[*extension_type, *flags]);
            bytes.extend_from_slice(data);
        }
        let signature = signer.sign(&bytes);
        bytes.extend_from_slice(&signature);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Ed25519Certificate;

    #[test]
    fn is_read_again() {
        let key = Ed25519SecretKey::from_seed([1; 32]);
        let expires = UtcSeconds::from_unix(3600 * 500_000 - 5).unwrap();
        let mut draft = Ed25519CertificateDraft::new(4, [2; 32], expires).naming(&key);
        draft.extensions.push((9, 0, [1, 2, 3].into()));
        let bytes = draft.sign(&key);
        let read = Ed25519Certificate::parse(&bytes).unwrap();
        assert_eq!((read.cert_type, read.key_type, read.key), (4, 1, [2; 32]));
        assert_eq!(read.expires.as_unix(), 3600 * 500_000);
        assert_eq!(read.extensions().count(), 2);
        assert_eq!(read.signing_key(), Some(key.public()));
        assert!(read.verify(None).is_ok());
        let other = Ed25519SecretKey::from_seed([3; 32]);
        let wrong = draft.sign(&other);
        assert!(
            Ed25519Certificate::parse(&wrong)
                .unwrap()
                .verify(None)
                .is_err()
        );
    }
}
