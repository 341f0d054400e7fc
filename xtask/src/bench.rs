//! `cargo xtask bench`: the benchmarks.

use std::process::{Command, ExitCode};

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::cargo::{self, Metadata};

/// Run the benchmarks
#[derive(Args)]
pub(crate) struct Flags {
    /// Time the parsers of others beside ours, and print tables
    ///
    /// stem is taken from target/venv, where .ci/install puts it.
    #[arg(
        long,
        value_name = "OF",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "all",
        conflicts_with = "filter"
    )]
    peers: Option<Peers>,

    /// Time the mock beside a real tor, and print a table
    #[arg(long, conflicts_with_all = ["filter", "peers"])]
    mock: bool,

    /// Time private networks beside a single tor and beside one that votes, and print a table
    #[arg(long, conflicts_with_all = ["filter", "peers", "mock"])]
    network: bool,

    /// Start many networks instead, to see whether each works and leaves nothing
    #[arg(long, requires = "network")]
    soak: bool,

    /// Time how a network of 8,000 relays is made, and print a table; fail where it takes too long
    #[arg(long, conflicts_with_all = ["filter", "peers", "mock", "network"])]
    made: bool,

    /// Run only benchmarks whose name contains this
    filter: Option<String>,
}

/// Parsers of what.
#[derive(Clone, Copy, ValueEnum)]
enum Peers {
    /// The control protocol.
    Control,
    /// Network documents.
    Netdoc,
    All,
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
    if let Some(of) = flags.peers {
        compare(of)?;
    } else if flags.mock {
        cargo::run(&mut bench("mock"))?;
    } else if flags.network {
        let mut command = bench("network");
        if flags.soak {
            command.args(["--", "--soak"]);
        }
        cargo::run(&mut command)?;
    } else if flags.made {
        cargo::run(&mut bench("made"))?;
    } else {
        cargo::run(&mut benches(flags.filter.as_deref()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn compare(of: Peers) -> Result<()> {
    const PYTHON: &str = "target/venv/bin/python";
    if matches!(of, Peers::Control | Peers::All) {
        cargo::run(&mut peers(&["control", PYTHON])?)?;
    }
    if matches!(of, Peers::Netdoc | Peers::All) {
        cargo::run(&mut peers(&["netdoc", PYTHON])?)?;
    }
    Ok(())
}

/// The benchmark of this name.
fn bench(name: &str) -> Command {
    cargo::cargo(&["bench", "-p", "tor-harness-benches", "--bench", name])
}

fn benches(filter: Option<&str>) -> Command {
    let mut command = cargo::cargo(&[
        "bench",
        "-p",
        "tor-harness-benches",
        "--bench",
        "control",
        "--bench",
        "netdoc",
    ]);
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    command
}

/// The program of the peers, told to do this.
pub(crate) fn peers(args: &[&str]) -> Result<Command> {
    let mut command = cargo::cargo(&["run", "--release", "--quiet"]);
    command.args([
        "--manifest-path",
        "benches/peers/Cargo.toml",
        "--target-dir",
    ]);
    command.arg(Metadata::read()?.target_directory.join("peers"));
    command.arg("--").args(args);
    Ok(command)
}
