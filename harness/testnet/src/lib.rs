//! A tor network out of a seed: its keys, its documents, which agree with each other.
//!
//! All is bytes: nothing here opens a file, a socket or a clock. The same seed gives the same
//! bytes on every machine; [`Seed`] says how. **All keys are test keys**: who knows the seed
//! knows them, and the primes of the RSA keys are in this crate.
//!
//! ```
//! use tor_harness_netdoc::Flavor;
//! use tor_harness_testnet::{Network, Seed};
//!
//! let network = Network::new(Seed::new(1), 1, 10, "2026-11-22 12:00:00".parse()?);
//! let consensus = network.consensus(Flavor::Microdesc).encode();
//! let torrc = network.torrc(); // with these lines a real tor takes the files
//! for file in network.client_files() {
//!     println!("{}: {} bytes", file.path, file.bytes.len());
//! }
//! # assert!(torrc.starts_with("DirAuthority auth0 ") && consensus.len() > 1000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod authority;
mod bridge;
mod file;
mod item;
mod network;
mod nickname;
mod onion;
mod parallel;
mod primes;
mod relay;
pub mod sample;
mod seed;
mod time;

pub use authority::Authority;
pub use bridge::{Bridge, BridgeTransport, SanitisedBridge};
pub use file::File;
pub use network::{
    BandwidthWeights, Churn, DirectoryCache, Documents, Network, Opinion, RelayOpinion,
    StatusSettings,
};
pub use onion::{OnionService, Publication};
pub use relay::{ExitPolicy, Relay, RelayKeys};
pub use seed::Seed;
