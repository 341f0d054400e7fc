//! The kinds of documents.

mod bridge_extra_info;
mod bridge_server_descriptor;
mod consensus_diff;
mod detached_signatures;
mod ed25519_certificate;
mod extra_info;
mod key_certificate;
mod kind;
mod microdescriptor;
mod port_policy;
mod scrubbing;
mod server_descriptor;
mod statistics;
mod status;
mod stretch;

pub use bridge_extra_info::BridgeExtraInfo;
pub use bridge_server_descriptor::BridgeServerDescriptor;
pub use consensus_diff::{Action, ApplyError, Command, Commands, ConsensusDiff};
pub use detached_signatures::{AdditionalDigest, AdditionalSignature, DetachedSignatures};
pub use ed25519_certificate::{Ed25519Certificate, Ed25519CertificateError, Extension};
pub use extra_info::{ExtraInfo, RateLimits, Transport};
pub use key_certificate::KeyCertificate;
pub use kind::{Kind, UnknownKind};
pub use microdescriptor::Microdescriptor;
pub use port_policy::PortPolicy;
pub use server_descriptor::{Bandwidth, Router, ServerDescriptor};
pub use statistics::{Counts, Directions, History, NoisyCount, Period};
pub use status::*;
pub use stretch::{Stretch, Stretches, stretches};
