//! GETCONF, SETCONF, RESETCONF: the configuration.

use std::process::ExitCode;

use tor_harness_suites::{conversations, suite};

fn main() -> ExitCode {
    suite("config")
        .tests(conversations(include_str!("../conversations/config.txt")))
        .main()
}
