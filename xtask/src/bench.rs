//! `cargo xtask bench`: the benchmarks.

use std::process::{Command, ExitCode};

use anyhow::Result;
use clap::Args;

use crate::cargo::{self, Metadata};

/// Run the benchmarks
#[derive(Args)]
pub(crate) struct Flags {
    /// Time the parsers of others beside ours, and print a table
    ///
    /// stem is taken from target/venv, where .ci/install puts it.
    #[arg(long, conflicts_with = "filter")]
    peers: bool,

    /// Time the mock beside a real tor, and print a table
    #[arg(long, conflicts_with_all = ["filter", "peers"])]
    mock: bool,

    /// Run only benchmarks whose name contains this
    filter: Option<String>,
}

pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    if flags.mock {
        // The benchmark runs it.
        cargo::run(&mut cargo::cargo(&[
            "build",
            "--release",
            "-p",
            "tor-harness-cli",
        ]))?;
    }
    cargo::run(&mut if flags.peers {
        peers()?
    } else if flags.mock {
        cargo::cargo(&["bench", "-p", "tor-harness-benches", "--bench", "mock"])
    } else {
        benches(flags.filter.as_deref())
    })?;
    Ok(ExitCode::SUCCESS)
}

fn benches(filter: Option<&str>) -> Command {
    let mut command = cargo::cargo(&["bench", "-p", "tor-harness-benches", "--bench", "control"]);
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    command
}

fn peers() -> Result<Command> {
    let mut command = cargo::cargo(&["run", "--release", "--quiet"]);
    command.args([
        "--manifest-path",
        "benches/peers/Cargo.toml",
        "--target-dir",
    ]);
    command.arg(Metadata::read()?.target_directory.join("peers"));
    command.args(["--", "target/venv/bin/python"]);
    Ok(command)
}
