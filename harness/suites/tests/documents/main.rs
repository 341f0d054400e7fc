//! Recorded network documents as others read them.

mod known;
mod ours;
mod stem;

use std::process::ExitCode;

use tor_harness::runner::Suite;

fn main() -> ExitCode {
    stem::tests()
        .into_iter()
        .fold(Suite::new("documents"), Suite::with)
        .main()
}
