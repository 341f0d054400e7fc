//! Whatever comes: no panic, no hang, and the promises that the fuzz targets check.
//!
//! `PROPTEST_CASES=1000000 cargo test --release -p tor-strategies robustness` is the long proof.

mod control;
mod netdoc;
