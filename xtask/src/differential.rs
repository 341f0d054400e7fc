//! `cargo xtask differential`: the mock beside a real tor.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::Args;

use crate::{cargo, namespace};

/// Send random commands to a real tor and to the mock, and show where they differ
///
/// The tor runs in an empty network namespace: it can reach nothing but its own loopback, whatever
/// it is told. Each difference is shown with the shortest script that shows it. Exit status: 0 if
/// there is none; 1 if there are some; 2 if it could not be found out.
#[derive(Args)]
pub(crate) struct Flags {
    /// How many commands to compare, at least
    #[arg(long, default_value_t = 20_000)]
    commands: usize,
    /// What the commands are made from [default: the time]
    #[arg(long)]
    seed: Option<u64>,
    /// Play the script of this number alone, as a difference names it
    #[arg(long, requires = "seed")]
    script: Option<u64>,
    /// Stop when so many differences have been found
    #[arg(long, default_value_t = 1)]
    differences: usize,
}

pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    let seed = match flags.seed {
        Some(seed) => seed,
        None => SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
    };
    let mut inside = namespace::command("differential")?;
    inside
        .args(["--commands", &flags.commands.to_string()])
        .args(["--seed", &seed.to_string()])
        .args(["--differences", &flags.differences.to_string()]);
    if let Some(script) = flags.script {
        inside.args(["--script", &script.to_string()]);
    }
    cargo::run_through(&mut inside)
}
