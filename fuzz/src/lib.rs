//! proptest strategies for tor's control protocol, for the tests of others as
//! for our own, and the functions that the fuzz targets call.
//!
//! ```
//! use proptest::prelude::*;
//! use tor_harness_control::Decoder;
//! use tor_strategies::{control, wire};
//!
//! proptest!(|(reply in control::reply(), pieces in wire::cuts())| {
//!     let mut decoder = Decoder::new();
//!     for piece in wire::cut(&reply.encode(), &pieces) {
//!         decoder.push(piece);
//!     }
//!     prop_assert!(decoder.next()?.is_some());
//! });
//! ```

pub mod control;
pub mod targets;
pub mod wire;

#[cfg(test)]
mod properties;
