//! Controllers of others: what they take for tor is tor enough.

mod netcat;
mod pipeline;
mod program;

use std::process::ExitCode;

use tor_harness_suites::suite;

fn main() -> ExitCode {
    let tests = [program::tests(), netcat::tests(), pipeline::tests()];
    let suite = suite("clients");
    tests
        .into_iter()
        .flatten()
        .fold(suite, |suite, test| suite.with(test))
        .main()
}
