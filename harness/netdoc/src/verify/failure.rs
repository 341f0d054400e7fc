//! What does not hold of a document.

use core::fmt;

use tor_harness_types::{Fingerprint, Located};

use crate::rules::Problem;

/// What does not hold, with its place in the document.
pub type Unproved = Located<Failure>;

/// What does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// What has to be verified cannot be read.
    Unreadable(Problem),
    /// An item without which nothing can be proved is not there.
    Missing(&'static str),
    /// What is signed has to begin, or end, with this item: what is beside it is not signed.
    Unsigned(&'static str),
    /// A signature is not by this key, or over other bytes.
    Signature(&'static str),
    /// This is not the same as that.
    Differs(&'static str, &'static str),
    /// A certificate is not of this type.
    CertificateType(u8),
    /// A certificate has an extension that nobody knows and that has to be known.
    Extension(u8),
    /// A certificate does not say by which key it is.
    NoSigningKey,
    /// This is no key.
    NoKey(&'static str),
    /// The exponent of an RSA key is not 65537.
    Exponent,
    /// Fewer authorities signed than need to.
    FewSignatures {
        /// So many did.
        good: usize,
        /// So many have to.
        needed: usize,
    },
    /// A signature is no object of 128 to 512 bytes, which tor wants of each, needed or not.
    SignatureForm,
    /// The consensus says of nobody with this identity that it took part.
    Undeclared(Fingerprint),
    /// Nobody who is trusted has this identity.
    UnknownAuthority(Fingerprint),
    /// There is no certificate of the key with this SHA-1.
    NoCertificate(Fingerprint),
    /// The hash that was signed is not known.
    UnknownAlgorithm,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(problem) => write!(f, "{problem}"),
            Self::Missing(keyword) => {
                write!(f, "expected an item \"{keyword}\", and there is none")
            }
            Self::Unsigned(keyword) => {
                write!(
                    f,
                    "expected nothing beyond \"{keyword}\", where nothing is signed"
                )
            }
            Self::Signature(key) => write!(f, "expected a signature of these bytes by {key}"),
            Self::Differs(this, that) => write!(f, "expected {this} to be {that}"),
            Self::CertificateType(cert_type) => {
                write!(f, "expected an ed25519 certificate of type {cert_type}")
            }
            Self::Extension(extension) => write!(
                f,
                "expected no unknown extension that has to be known, got type {extension}"
            ),
            Self::NoSigningKey => f.write_str("expected a certificate with the key that signed it"),
            Self::NoKey(key) => write!(f, "expected {key}"),
            Self::Exponent => f.write_str("expected an RSA key with the exponent 65537"),
            Self::FewSignatures { good, needed } => {
                write!(f, "expected signatures of {needed} authorities, got {good}")
            }
            Self::SignatureForm => {
                f.write_str("expected 128 to 512 bytes in base64, as a SIGNATURE that ends")
            }
            Self::Undeclared(identity) => {
                write!(f, "expected an authority of a dir-source, got {identity}")
            }
            Self::UnknownAuthority(identity) => {
                write!(f, "expected an authority that is trusted, got {identity}")
            }
            Self::NoCertificate(key) => write!(f, "expected a certificate of the key {key}"),
            Self::UnknownAlgorithm => f.write_str("expected a signature of a sha1 or sha256"),
        }
    }
}
