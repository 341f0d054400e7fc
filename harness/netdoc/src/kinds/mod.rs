//! The kinds of documents.

mod ed25519_certificate;
mod kind;
mod server_descriptor;
mod stretch;

pub use ed25519_certificate::{Ed25519Certificate, Ed25519CertificateError, Extension};
pub use kind::{Kind, UnknownKind};
pub use server_descriptor::{Bandwidth, Router, ServerDescriptor};
pub use stretch::{Stretch, Stretches, stretches};
