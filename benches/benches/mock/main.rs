//! How fast the mock is, beside a real tor where one is installed: one table.
//!
//! Mock and tor take turns, so that a busy machine is so for both. What a
//! process does is measured with the command `tor-harness` that was built
//! beside this benchmark; `cargo xtask bench --mock` builds it.

mod controller;
mod load;
mod start;
mod steer;
mod table;

use std::error::Error;

/// What measuring gives, or why it cannot be done.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    // cargo test runs benchmarks too, to see whether they build.
    if std::env::args().any(|word| word == "--bench") {
        load::allow_many_descriptors()?;
        table::print(&[start::rows()?, load::rows()?, steer::rows()?].concat());
    }
    Ok(())
}
