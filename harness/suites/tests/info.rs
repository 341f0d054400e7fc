//! GETINFO with its keys.

use std::process::ExitCode;

use tor_harness_suites::{conversations, suite};

fn main() -> ExitCode {
    suite("info")
        .tests(conversations(include_str!("../conversations/info.txt")))
        .main()
}
