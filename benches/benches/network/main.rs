//! How fast a private network is, beside a single tor and beside one that votes: one table.
//!
//! All take turns, so that a busy machine is so for each. `cargo xtask bench --network` runs it;
//! with `--soak` it starts many networks instead, to see whether each works and leaves nothing.

mod leftovers;
mod measure;
mod networks;
mod soak;
mod table;

use std::error::Error;

/// What measuring gives, or why it cannot be done.
type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Result<()> {
    let is_asked = |word: &str| std::env::args().any(|argument| argument == word);
    if is_asked(soak::OWNER) {
        soak::own()
    } else if is_asked("--soak") {
        soak::run()
    } else if is_asked("--bench") {
        measure::run()
    } else {
        // cargo test runs benchmarks too, to see whether they build.
        Ok(())
    }
}
