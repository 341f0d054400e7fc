//! The kinds of documents.

mod accessors;
mod annotations;
mod arguments;
mod beginning;
mod bridge_extra_info;
mod bridge_server_descriptor;
mod collector;
mod consensus_diff;
mod detached_signatures;
mod ed25519_certificate;
mod entries;
mod exit_list;
mod extra_info;
mod key_certificate;
mod kind;
mod microdescriptor;
mod onion_descriptor;
mod onion_descriptor_2;
mod parts;
mod port_policy;
mod sanitised;
mod scrubbing;
mod server_descriptor;
mod state;
mod statistics;
mod status;
mod stretch;

pub use annotations::Annotations;
pub use bridge_extra_info::BridgeExtraInfo;
pub use bridge_server_descriptor::BridgeServerDescriptor;
pub use collector::{CollectorType, TypeName};
pub use consensus_diff::{Action, ApplyError, Command, Commands, ConsensusDiff, MakeError};
pub use detached_signatures::{AdditionalDigest, AdditionalSignature, DetachedSignatures};
pub use entries::{AuthorityList, BandwidthFile, Entry, FallbackList, Pair};
pub use exit_list::{ExitList, ExitNode};
pub use extra_info::{ExtraInfo, RateLimits, Transport};
pub use key_certificate::KeyCertificate;
pub use kind::{Kind, UnknownKind};
pub use microdescriptor::Microdescriptor;
#[cfg(feature = "sign")]
pub use onion_descriptor::x25519_public;
pub use onion_descriptor::{
    AuthClient, IntroductionPoint, OnionDescriptor, OnionDescriptorInner, OnionDescriptorMiddle,
};
#[cfg(feature = "verify")]
pub use onion_descriptor::{OnionDescriptorKeys, OpenError, TimePeriod};
pub use onion_descriptor_2::OnionDescriptor2;
pub use port_policy::PortPolicy;
pub use server_descriptor::{Bandwidth, Router, ServerDescriptor};
pub use state::{SharedRandomState, State};
pub use statistics::{Counts, Directions, History, NoisyCount, Period};
pub use status::*;
pub use stretch::{Stretch, Stretches, stretches};
