//! Benchmarks; `cargo xtask bench` runs them.
//!
//! This library is what they read: recorded messages, recorded network
//! documents, and what is made because it is long; and how network documents
//! are read to each depth, which the comparison with others times, too.

mod authorities;
mod consensus;
mod depth;
mod documents;
mod load;
mod onion_service;
mod random;
mod relay;
mod router_statuses;
mod trust;
mod verifier;

pub use depth::{Depth, Read};
pub use load::Load;
pub use onion_service::OnionService;
pub use trust::Trust;
pub use verifier::{Verifier, server_descriptor_of};
