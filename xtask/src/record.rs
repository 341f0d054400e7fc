//! `cargo xtask record`: the fixtures made again from a real tor.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};
use tor_harness_process::{Executable, find_tor};

use crate::error::Usage;
use crate::{cargo, namespace};

/// Make the fixtures again from a real tor, or compare them with one
///
/// The tor runs in an empty network namespace: it can reach nothing but its own loopback, whatever
/// it is told. Without `network` it is one tor after the other, and what they say is compared line by
/// line; with it a private network that votes, whose documents and events are compared by name and
/// kind. Exit status: 0 if done, or nothing differs; 1 if --check found differences; 2 if it
/// could not be done.
#[derive(Args)]
pub(crate) struct Flags {
    /// What to record besides single tors
    #[arg(value_enum)]
    what: Option<What>,
    /// Change nothing; say what would change
    #[arg(long)]
    check: bool,
    /// The tor to record [default: TOR_HARNESS_TOR, or else `tor` on PATH]
    #[arg(long, value_name = "PATH")]
    tor: Option<PathBuf>,
}

/// What there is to record besides single tors.
#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// A private network of tors: its documents and events, in less than a minute
    Network,
}

pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    let tor = match &flags.tor {
        Some(name) => Executable::named(name),
        None => find_tor(),
    }
    .map_err(|error| Usage(error.to_string()))?;
    let mut inside = namespace::command("record")?;
    inside.arg("--tor").arg(tor.path());
    if let Some(What::Network) = flags.what {
        inside.arg("network");
    }
    if flags.check {
        inside.arg("--check");
    }
    cargo::run_through(&mut inside)
}
