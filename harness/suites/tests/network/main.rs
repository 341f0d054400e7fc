//! A private network that lives: circuits, streams, onion services, bridges, events.

mod bridges;
mod circuits;
mod events;
mod full_size;
mod live;
mod onions;
mod streams;
mod twenty;
mod watch;

use std::process::ExitCode;

use tor_harness::prelude::*;
use tor_harness::require;
use tor_harness_suites::{readings, suite};

/// What a client says of itself that has bootstrapped.
const BOOTSTRAPPED: &str = include_str!("../../conversations/bootstrapped.txt");

fn main() -> ExitCode {
    let tests = [
        circuits::tests(),
        streams::tests(),
        onions::tests(),
        bridges::tests(),
        events::tests(),
        full_size::tests(),
        twenty::tests(),
    ];
    tests
        .into_iter()
        .flatten()
        .fold(suite("network").requires(require::network), Suite::with)
        .tests(readings(BOOTSTRAPPED))
        .main()
}
