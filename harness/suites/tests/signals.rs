//! SIGNAL with what it does.

use std::process::ExitCode;

use tor_harness_suites::{conversations, suite};

fn main() -> ExitCode {
    suite("signals")
        .tests(conversations(include_str!("../conversations/signals.txt")))
        .main()
}
