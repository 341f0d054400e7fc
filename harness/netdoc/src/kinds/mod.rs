//! The kinds of documents.

mod bridge_extra_info;
mod bridge_server_descriptor;
mod ed25519_certificate;
mod extra_info;
mod kind;
mod microdescriptor;
mod port_policy;
mod scrubbing;
mod server_descriptor;
mod statistics;
mod stretch;

pub use bridge_extra_info::BridgeExtraInfo;
pub use bridge_server_descriptor::BridgeServerDescriptor;
pub use ed25519_certificate::{Ed25519Certificate, Ed25519CertificateError, Extension};
pub use extra_info::{ExtraInfo, RateLimits, Transport};
pub use kind::{Kind, UnknownKind};
pub use microdescriptor::Microdescriptor;
pub use port_policy::PortPolicy;
pub use server_descriptor::{Bandwidth, Router, ServerDescriptor};
pub use statistics::{Counts, Directions, History, NoisyCount, Period};
pub use stretch::{Stretch, Stretches, stretches};
