//! `cargo xtask ci`: every check there is, in order.

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::test::{Required, display_time};
use crate::{cargo, dist, namespace, test, tidy};

/// Run every check there is, stopping at the first that fails
///
/// Formatting, clippy, docs, tidy, crates alone and with other features, what `cargo xtask dist` makes, unit tests
/// with corpus and snapshots, and at last `cargo xtask test --target all`.
#[derive(Args)]
pub(crate) struct Flags {
    /// Fail where this is missing instead of skipping what needs it
    #[arg(long, value_name = "WHAT")]
    require: Option<Required>,
}

/// What only builds as long as somebody builds it: in a build of the whole workspace every crate has
/// the features that any other asks for, and the fuzz targets are left out.
const FEATURES: &[&[&str]] = &[
    &["-p", "tor-harness-control"],
    &["-p", "tor-harness", "--no-default-features"],
    &[
        "-p",
        "tor-harness",
        "--no-default-features",
        "--features",
        "mock",
    ],
    &[
        "-p",
        "tor-harness",
        "--no-default-features",
        "--features",
        "testnet",
    ],
    &["-p", "tor-strategies", "--features", "libfuzzer", "--bins"],
];

/// The tests but for the suites, and for those that start networks.
const TESTS: &[&[&str]] = &[
    &[
        "--workspace",
        "--exclude",
        "tor-harness-suites",
        "--exclude",
        "tor-harness-process",
        "--exclude",
        "tor-harness-cli",
    ],
    &["-p", "tor-harness-suites", "--lib", "--bins"],
];

/// Those that do.
const NETWORKS: &[&str] = &["-p", "tor-harness-process", "-p", "tor-harness-cli"];

pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    step("fmt", || {
        cargo::run(&mut cargo::cargo(&["fmt", "--all", "--check"]))
    })?;
    step("clippy", || {
        let clippy = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ];
        cargo::run(&mut cargo::cargo(&clippy))
    })?;
    step("doc", || {
        // Not RUSTFLAGS: that would build every dependency anew.
        let mut doc = cargo::cargo(&["doc", "--workspace", "--no-deps"]);
        cargo::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    step("tidy", tidy::check)?;
    step("features", || {
        FEATURES
            .iter()
            .try_for_each(|features| cargo::run(&mut cargo_check(features)))
    })?;
    step("dist", dist::check)?;
    step("test", || {
        // The suites themselves are run at last, on every target.
        TESTS
            .iter()
            .try_for_each(|tests| cargo::run(&mut cargo_test(tests)))
    })?;
    step("networks", || test_networks(flags.require))?;
    test::run(&test::Flags::everything(flags.require))
}

fn cargo_check(features: &[&str]) -> Command {
    let mut command = cargo::cargo(&["check", "--quiet"]);
    command
        .args(features)
        // Nothing is linked, so nobody needs to compile libFuzzer, which is C++.
        .env("CUSTOM_LIBFUZZER_PATH", "not-linked/libfuzzer.a");
    command
}

fn cargo_test(packages: &[&str]) -> Command {
    let mut command = cargo::cargo(&["test"]);
    command.args(packages);
    command.env_remove(test::TARGET_VARIABLE);
    command
}

/// Runs what starts networks where nothing but loopback can be reached.
fn test_networks(require: Option<Required>) -> Result<()> {
    if let Err(error) = namespace::check() {
        if require.is_some() {
            return Err(error);
        }
        println!("skipped: {error:#}");
        return Ok(());
    }
    // Inside there is no network that a build could fetch from.
    cargo::run(cargo_test(NETWORKS).arg("--no-run"))?;
    let mut inside = namespace::inside(cargo_test(NETWORKS).arg("--offline"));
    cargo::run(inside.env_remove(test::TARGET_VARIABLE))
}

fn step(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("== {name}");
    let started = Instant::now();
    work().with_context(|| format!("ci stopped at {name}"))?;
    println!(
        "== {name}: ok, {}",
        display_time(started.elapsed().as_secs_f64())
    );
    Ok(())
}
