//! The kinds of documents.

mod annotations;
mod collector;
mod ed25519_certificate;
mod entries;
mod exit_list;
mod kind;
mod onion_descriptor;
mod onion_descriptor_2;
mod parts;
mod server_descriptor;
mod state;
mod stretch;

pub use annotations::Annotations;
pub use collector::{CollectorType, TypeName};
pub use ed25519_certificate::{Ed25519Certificate, Ed25519CertificateError, Extension};
pub use entries::{AuthorityList, BandwidthFile, Entry, FallbackList, Pair};
pub use exit_list::{ExitList, ExitNode};
pub use kind::{Kind, UnknownKind};
pub use onion_descriptor::{
    AuthClient, IntroductionPoint, OnionDescriptor, OnionDescriptorInner, OnionDescriptorMiddle,
};
#[cfg(feature = "verify")]
pub use onion_descriptor::{OnionDescriptorKeys, OpenError, TimePeriod};
pub use onion_descriptor_2::OnionDescriptor2;
pub use server_descriptor::{Bandwidth, Router, ServerDescriptor};
pub use state::{SharedRandomState, State};
pub use stretch::{Stretch, Stretches, stretches};
