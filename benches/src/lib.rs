//! Benchmarks; `cargo xtask bench` runs them.
