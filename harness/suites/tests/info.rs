//! GETINFO with its keys.

use std::process::ExitCode;

use tor_harness_suites::{readings, suite};

fn main() -> ExitCode {
    suite("info")
        .tests(readings(include_str!("../conversations/info.txt")))
        .main()
}
