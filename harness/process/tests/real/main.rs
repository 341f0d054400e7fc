//! A real throwaway tor, from its start to whatever end its owner comes to.
//!
//! Where no tor is installed these tests are listed as ignored.

mod accepted;
mod end;
mod guest;
mod life;
mod network;
mod onion;
mod outside;
mod owner;
mod preset;
mod start;
mod testnet;
mod wait;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use tor_harness_process::find_tor;

/// A test's name with its body.
type Test = (&'static str, fn() -> Result<(), Failed>);

fn main() -> ExitCode {
    if let Some(life) = owner::asked_for() {
        return owner::live(&life);
    }
    if outside::asked_for() {
        return outside::inside();
    }
    let no_tor = find_tor().is_err();
    let trials = [
        start::TESTS,
        end::TESTS,
        testnet::TESTS,
        network::TESTS,
        life::TESTS,
        onion::TESTS,
        guest::TESTS,
        preset::TESTS,
        accepted::TESTS,
    ]
    .concat()
    .into_iter()
    .map(|(name, body)| {
        Trial::test(name, body)
            .with_kind("tor")
            .with_ignored_flag(no_tor)
    })
    .chain([preset::obfs4(), guest::arti(), outside::stays_inside()])
    .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
