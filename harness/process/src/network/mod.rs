//! A private network of real tors, on loopback alone.
//!
//! What a node should be is a [`NodeSpec`], which is data. Its layout is
//! its place: addresses, ports, keys, a torrc on disk. A [`Node`] runs.
//!
//! ```no_run
//! use tor_harness_process::{Network, NodeSpec};
//!
//! let network = Network::builder()
//!     .node(NodeSpec::authority("auth0"))
//!     .node(NodeSpec::relay("relay0"))
//!     .node(NodeSpec::exit("exit0"))
//!     .node(NodeSpec::client("client"))
//!     .start()?;
//! network.wait_for_consensus()?;
//! let client = network.node("client").expect("it is one of them");
//! client.wait_until_bootstrapped()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! No node can leave the machine. A specification has no field for an
//! address, and lines that name one outside of 127.0.0.0/8 are refused; every
//! address is given by the layout; and each tor is told on its command line,
//! which no torrc can undo, to connect from 127.0.0.1, from where the system
//! reaches nothing but loopback.

mod address;
mod builder;
mod check;
mod keys;
mod layout;
mod node;
mod role;
mod running;
mod spec;
mod torrc;
mod voting;

pub use builder::NetworkBuilder;
pub use check::SpecError;
pub use node::Node;
pub use role::Role;
pub use running::Network;
pub use spec::NodeSpec;
