//! Real tors that never outlive their owner: one, or a private network of them.
//!
//! ```no_run
//! use tor_harness_process::Tor;
//!
//! let tor = Tor::builder().start()?;
//! assert_eq!(tor.client()?.get_info("version")?, tor.version());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It has no network (`DisableNetwork 1`), a folder of its own, and a control
//! port that answers when [`Builder::start`] returns. A [`TestNetwork`] is of tors that reach each
//! other on loopback. Dropped, panicked, interrupted or killed: within a second of its owner's end
//! a tor is gone, its folder too. `TOR_HARNESS_KEEP=1` keeps the folders of failures.
//!
//! Three nets hold it:
//! - one thread of the process starts every tor, with the parent-death signal
//!   set to SIGKILL (the signal follows the *thread*);
//! - a guard, one shell for the process, waits at a pipe for the owner's end,
//!   then kills what is left, removing the folders;
//! - a process group of its own for each tor, which is killed as a whole.

mod builder;
mod control_port;
mod error;
mod executable;
mod launch;
mod log;
mod network;
mod prepared;
mod process;
mod ready;
mod run;
mod spawn;
mod tor;
mod torrc;

pub use builder::Builder;
pub use error::{Error, Evidence};
pub use executable::{Executable, find_arti, find_obfs4proxy, find_tor};
pub use network::{
    Arti, ConsensusTimes, Node, NodeSpec, Onion, Role, SpecError, StartTimes, StreamError,
    TestNetwork, TestNetworkBuilder,
};
pub use tor::Tor;
pub use tor_harness_testnet::ExitPolicy;
pub use tor_harness_traffic::{Link, Proxy};
pub use tor_harness_types::Listen;
pub use torrc::{Refusal, TorrcError};
