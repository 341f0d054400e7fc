//! Ed25519 certificates, with what they have to certify (cert-spec section 2.1).

use alloc::vec::Vec;

use tor_harness_types::Span;

use super::ed25519::{Ed25519Check, Ed25519Key};
use super::failure::{Failure, Unproved};
use super::proof::Proof;
use super::verified::Verified;
use crate::forms::Ed25519Certificate;
use crate::forms::ed25519_certificate::{AFFECTS_VALIDATION, SIGNED_WITH};

/// What a certificate has to be.
pub(super) struct Wanted<'k> {
    /// Its type.
    pub(super) cert_type: u8,
    /// The key that it has to be by; the one that it names, where there is none.
    pub(super) by: Option<&'k Ed25519Key>,
    /// What that key is called.
    pub(super) signer: &'static str,
}

impl Ed25519Certificate<'_> {
    /// Verifies the signature, by this key or else by the one that the certificate names.
    /// What it certifies, and by whom, is for the caller to judge.
    ///
    /// # Errors
    /// What does not hold; places are in the certificate's bytes.
    pub fn verify(self, key: Option<&[u8; 32]>) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        let span = Span::of(self.as_bytes(), self.as_bytes());
        proof.extensions(&self, span);
        let named = self.signing_key();
        let key = match key.or(named.as_ref()) {
            Some(key) => proof.key(*key, "the key that signed", span),
            None => proof.fail(Failure::NoSigningKey, span),
        };
        if let Some(key) = key {
            proof.signed(&self, &key, "the key that signed", span);
        }
        proof.finish(self)
    }
}

impl Proof {
    /// A certificate that is as wanted; its signature is asked with the others.
    pub(super) fn certificate<'b>(
        &mut self,
        bytes: &'b [u8],
        wanted: &Wanted<'_>,
        span: Span,
    ) -> Option<Ed25519Certificate<'b>> {
        let read = self.of_type(bytes, wanted.cert_type, span)?;
        self.extensions(&read, span);
        match (wanted.by, read.signing_key()) {
            (Some(key), _) => self.signed(&read, key, wanted.signer, span),
            (None, Some(key)) => {
                let key = self.key(key, wanted.signer, span)?;
                self.signed(&read, &key, wanted.signer, span);
            }
            (None, None) => return self.fail(Failure::NoSigningKey, span),
        }
        Some(read)
    }

    /// A certificate that has been verified in another document.
    pub(super) fn known_certificate<'b>(
        &mut self,
        bytes: &'b [u8],
        cert_type: u8,
        span: Span,
    ) -> Option<Ed25519Certificate<'b>> {
        let read = self.of_type(bytes, cert_type, span)?;
        self.until(read.expires);
        Some(read)
    }

    fn of_type<'b>(
        &mut self,
        bytes: &'b [u8],
        cert_type: u8,
        span: Span,
    ) -> Option<Ed25519Certificate<'b>> {
        match Ed25519Certificate::parse(bytes) {
            Ok(read) if read.cert_type == cert_type => Some(read),
            _ => self.fail(Failure::CertificateType(cert_type), span),
        }
    }

    /// A key that is on the curve.
    pub(super) fn key(
        &mut self,
        key: [u8; 32],
        name: &'static str,
        span: Span,
    ) -> Option<Ed25519Key> {
        match Ed25519Key::new(key) {
            Some(key) => Some(key),
            None => self.fail(Failure::NoKey(name), span),
        }
    }

    /// Nothing that says something else to those who know it.
    fn extensions(&mut self, certificate: &Ed25519Certificate<'_>, span: Span) {
        let mut signed_with = 0;
        for extension in certificate.extensions() {
            if extension.extension_type == SIGNED_WITH {
                signed_with += 1;
            }
            let must_be_known = extension.flags & AFFECTS_VALIDATION != 0;
            if signed_with > 1 || must_be_known && extension.extension_type != SIGNED_WITH {
                self.fail::<()>(Failure::Extension(extension.extension_type), span);
            }
        }
    }

    fn signed(
        &mut self,
        certificate: &Ed25519Certificate<'_>,
        key: &Ed25519Key,
        signer: &'static str,
        span: Span,
    ) {
        let check = Ed25519Check::by(key, certificate.signed_bytes(), &certificate.signature);
        self.ed25519(check, signer, span);
        self.until(certificate.expires);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::ServerDescriptor;
    use crate::structure::Document;
    use crate::testing::recorded;

    fn failures(bytes: &[u8], key: Option<&[u8; 32]>) -> Vec<Failure> {
        let read = Ed25519Certificate::parse(bytes).unwrap();
        let failures = read.verify(key).err().unwrap_or_default();
        failures.iter().map(|wrong| wrong.problem).collect()
    }

    #[test]
    fn certificates_hold_by_their_key() {
        let descriptor = recorded("netdoc/server-descriptor/relay");
        let descriptor = ServerDescriptor::read(Document::new(descriptor));
        let mut bytes = descriptor.fields().object("identity-ed25519").unwrap();
        let read = Ed25519Certificate::parse(&bytes).unwrap();
        let (signer, certified) = (read.signing_key().unwrap(), read.key);
        let verified = read.verify(None).unwrap();
        assert_eq!(verified.proved_until(), Some(verified.expires));
        assert!(verified.is_proved_at(verified.expires));
        assert_eq!(failures(&bytes, Some(&signer)), []);
        let wrong = Failure::Signature("the key that signed");
        assert_eq!(failures(&bytes, Some(&certified)), [wrong]);
        let no_key = Failure::NoKey("the key that signed");
        let mut no_point = [0; 32];
        no_point[0] = 2;
        assert_eq!(failures(&bytes, Some(&no_point)), [no_key]);
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            let holds =
                Ed25519Certificate::parse(&bytes).is_ok_and(|read| read.verify(None).is_ok());
            assert!(!holds, "byte {at}");
            bytes[at] ^= 1;
        }
        // The type of the extension: not known, and to be known.
        (bytes[42], bytes[43]) = (9, 1);
        assert_eq!(
            failures(&bytes, Some(&signer)),
            [Failure::Extension(9), wrong]
        );
        bytes[43] = 0;
        assert_eq!(failures(&bytes, None), [Failure::NoSigningKey]);
    }
}
