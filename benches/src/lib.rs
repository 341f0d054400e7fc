//! Benchmarks; `cargo xtask bench` runs them.
//!
//! This library is what they read: recorded messages, and one long reply that
//! is made.

mod load;
mod router_statuses;

pub use load::Load;
