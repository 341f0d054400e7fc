//! A real throwaway tor, from its start to whatever end its owner comes to.
//!
//! Where no tor is installed these tests are listed as ignored.

mod accepted;
mod end;
mod network;
mod owner;
mod start;
mod testnet;
mod wait;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use tor_harness_process::{Executable, find_tor};

/// A test's name with its body.
type Test = (&'static str, fn() -> Result<(), Failed>);

fn main() -> ExitCode {
    if let Some(life) = owner::asked_for() {
        return owner::live(&life);
    }
    let no_tor = find_tor().is_err();
    // Debian has it in tor's package, others may not.
    let no_gencert = no_tor || Executable::named("tor-gencert").is_err();
    let trial = |&(name, body): &Test, kind, is_ignored| {
        Trial::test(name, body)
            .with_kind(kind)
            .with_ignored_flag(is_ignored)
    };
    let alone = start::TESTS.iter().chain(end::TESTS).chain(testnet::TESTS);
    let trials = alone
        .map(|test| trial(test, "tor", no_tor))
        .chain(
            network::TESTS
                .iter()
                .chain(accepted::TESTS)
                .map(|test| trial(test, "tor, tor-gencert", no_gencert)),
        )
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
