//! The protocol itself: framing, keywords, PROTOCOLINFO, QUIT.

use std::process::ExitCode;

use tor_harness_suites::{conversations, suite};

fn main() -> ExitCode {
    suite("protocol")
        .tests(conversations(include_str!("../conversations/protocol.txt")))
        .main()
}
