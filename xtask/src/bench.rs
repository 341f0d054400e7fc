//! `cargo xtask bench`: the benchmarks.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::cargo;

/// Run the benchmarks
#[derive(Args)]
pub(crate) struct Flags {
    /// Run only benchmarks whose name contains this
    filter: Option<String>,
}

pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    let mut command = cargo::cargo(&["bench", "-p", "tor-harness-benches"]);
    if let Some(filter) = &flags.filter {
        command.args(["--", filter]);
    }
    cargo::run(&mut command)?;
    Ok(ExitCode::SUCCESS)
}
