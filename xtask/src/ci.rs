//! `cargo xtask ci`: every check there is, in order.

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::test::{Required, display_time};
use crate::{cargo, test, tidy};

/// Run every check there is, stopping at the first that fails
///
/// Formatting, clippy, docs, tidy, unit tests with corpus and snapshots, and at last `cargo xtask
/// test --target all`.
#[derive(Args)]
pub(crate) struct Flags {
    /// Fail where this is missing instead of skipping what needs it
    #[arg(long, value_name = "WHAT")]
    require: Option<Required>,
}

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
    step("test", || cargo::run(&mut cargo_test()))?;
    test::run(&test::Flags::everything(flags.require))
}

fn cargo_test() -> Command {
    let mut command = cargo::cargo(&["test", "--workspace"]);
    command.env_remove(test::TARGET_VARIABLE);
    command
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
