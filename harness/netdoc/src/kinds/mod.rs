//! The kinds of documents.

mod consensus_diff;
mod detached_signatures;
mod ed25519_certificate;
mod key_certificate;
mod kind;
mod server_descriptor;
mod status;
mod stretch;

pub use consensus_diff::{Action, ApplyError, Command, Commands, ConsensusDiff};
pub use detached_signatures::{AdditionalDigest, AdditionalSignature, DetachedSignatures};
pub use ed25519_certificate::{Ed25519Certificate, Ed25519CertificateError, Extension};
pub use key_certificate::KeyCertificate;
pub use kind::{Kind, UnknownKind};
pub use server_descriptor::{Bandwidth, Router, ServerDescriptor};
pub use status::*;
pub use stretch::{Stretch, Stretches, stretches};
