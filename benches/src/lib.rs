//! Benchmarks; `cargo xtask bench` runs them.
//!
//! This library is what they read: recorded messages, recorded network
//! documents, and what is made because it is long; and how network documents
//! are read to each depth, which the comparison with others times, too.

mod consensus;
mod depth;
mod documents;
mod load;
mod random;
mod relay;
mod router_statuses;

pub use depth::{Depth, Read};
pub use load::Load;
