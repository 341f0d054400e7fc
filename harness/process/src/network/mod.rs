//! A private network of real tors, on loopback alone.
//!
//! What a node should be is a [`NodeSpec`], which is data. Its layout is
//! its place: addresses, ports, keys, a torrc on disk. A [`Node`] runs.
//!
//! ```no_run
//! use tor_harness_process::{NodeSpec, TestNetwork};
//!
//! let network = TestNetwork::builder()
//!     .nodes(["relay0", "relay1", "relay2"].map(NodeSpec::relay))
//!     .node(NodeSpec::exit("exit0").bandwidth(500))
//!     .node(NodeSpec::client("client0"))
//!     .imaginary(8000)
//!     .start()?;
//! let client = network.node("client0").expect("it is one of them");
//! println!("SOCKS at {:?}, {}", client.socks_address(), client.tor().client()?.get_info("circuit-status")?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What goes through it is a call of a [`Node`]: [`Node::http_get`], [`Node::onion`]. Networks that
//! chutney has a name for are [`TestNetwork::preset`]s.
//!
//! **The harness is the directory authority**: it has all keys, out of a seed, signs the consensus,
//! and lays it into each node's folder before that starts. Nothing votes, nothing is fetched. Where
//! voting is what is tested, [`TestNetworkBuilder::voting`] has authorities do it.
//!
//! No node can leave the machine. A specification has no field for an
//! address, and lines that name one outside of 127.0.0.0/8 are refused; every
//! address is given by the layout. What a client asks for besides is an exit's to
//! refuse: its tor is told on the command line, which no torrc can undo, a policy
//! of 127.0.0.0/8 and `::1` alone, whatever the consensus says of it, and the name
//! server it knows refuses all. Beyond that each tor connects from 127.0.0.0/8,
//! from where the system reaches nothing but loopback unless it is told
//! `route_localnet`. Where authorities vote that is all that holds exits, so they
//! have no IPv6 there, and where the system is told so no such network starts.

mod address;
mod arti;
mod builder;
mod check;
mod exit;
mod ground;
mod guest;
mod health;
mod identity;
mod idle;
mod layout;
mod node;
mod onion;
mod option;
mod preset;
mod protocols;
mod publish;
mod published;
mod reach;
mod role;
mod roster;
mod running;
mod server;
mod signed;
mod spec;
mod times;
mod torrc;
mod visit;
mod voting;
mod wait;

pub use arti::Arti;
pub use builder::TestNetworkBuilder;
pub use check::SpecError;
pub use node::Node;
pub use onion::Onion;
pub use role::Role;
pub use running::{StartTimes, TestNetwork};
pub use spec::NodeSpec;
pub use times::ConsensusTimes;
pub use visit::StreamError;
