//! The values that arguments can have, with their forms.

mod address;
mod digits;
pub(crate) mod ed25519_certificate;
mod form;
mod from_value;
mod link_specifier;
mod range;
mod rsa_public_key;
mod time;
mod value;

pub(crate) use address::socket;
pub use address::{AddressPattern, ExitPattern};
pub use digits::{base64, hex};
pub use ed25519_certificate::{Ed25519Certificate, Ed25519CertificateError, Extension};
pub use form::Form;
pub use from_value::{FromValue, List};
pub use link_specifier::LinkSpecifier;
pub use range::Range;
pub use rsa_public_key::RsaPublicKey;
pub(crate) use time::time;
pub use value::Value;
