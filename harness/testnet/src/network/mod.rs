//! A network: authorities, relays, what the ones say of the others.

mod agreement;
mod archive;
mod bandwidth_file;
mod bridges;
mod built_in;
mod cache;
mod chance;
mod churn;
mod consensus;
mod detached_signatures;
mod diff;
mod documents;
mod exit_list;
mod files;
mod listing;
mod named;
mod network_status_2;
mod opinion;
mod preamble;
mod protocols;
mod settings;
mod state_files;
mod status;
mod vote;
mod weights;

pub use cache::DirectoryCache;
pub use churn::Churn;
pub use documents::Documents;
pub use opinion::{Opinion, RelayOpinion};
pub use settings::Network;
pub use status::StatusSettings;
pub use weights::BandwidthWeights;
