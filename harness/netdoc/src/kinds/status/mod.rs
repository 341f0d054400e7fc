//! What directory authorities say of the whole network: votes, consensuses, what came before them.

mod authority;
mod bridge_network_status;
mod consensus;
mod digest;
mod flags;
mod laws;
mod network_status_2;
mod parts;
mod preamble;
mod router_status;
mod router_words;
mod shared;
mod signature;
#[cfg(test)]
mod tests;
mod vote;

pub use authority::{Authority, DirSource, SharedRandomCommit};
pub use bridge_network_status::BridgeNetworkStatus;
pub use consensus::{Consensus, Flavor};
pub use digest::SignedPart;
pub use flags::{RouterFlag, RouterFlags};
pub(super) use laws::TIMELINE;
pub use network_status_2::NetworkStatus2;
pub use preamble::{Footer, Preamble, SharedRandomValue, VotingDelay};
pub use router_status::{RouterStatus, Routers};
pub use router_words::RouterWeight;
pub(super) use shared::{DIRECTORY_SIGNATURE, FRESH_UNTIL, VALID_AFTER, VALID_UNTIL};
pub use signature::DirectorySignature;
pub(super) use signature::signatures;
pub use vote::Vote;
