//! SETEVENTS with what it brings.

use std::process::ExitCode;

use tor_harness_suites::{conversations, suite};

fn main() -> ExitCode {
    suite("events")
        .tests(conversations(include_str!("../conversations/events.txt")))
        .main()
}
