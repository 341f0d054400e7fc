//! Documents of one's own: right ones, and such that are wrong on purpose.
//!
//! A [`Builder`] holds the items of a document; each [`Seal`] among them, such as a signature,
//! is made of what stands before it when the document is written. Keys are arguments, and
//! nothing here is random: the same items and keys give the same bytes.

mod builder;
mod certificate;
mod der;
mod ed25519;
mod line;
mod place;
mod rsa;
mod seal;

pub use builder::Builder;
pub use certificate::Ed25519CertificateDraft;
pub use ed25519::Ed25519SecretKey;
pub use rsa::RsaSecretKey;
pub use seal::Seal;

#[cfg(test)]
pub(crate) use rsa::testing;
