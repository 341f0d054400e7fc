//! `cargo xtask record`: the fixtures made again from a real tor.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

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
    /// The tor to record [default: `tor` on PATH]
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
    let record = ["-p", "tor-harness-suites", "--bin", "record"];
    // Inside there is no network that a build could fetch from.
    cargo::run(cargo::cargo(&["build", "--quiet"]).args(record))?;

    let outside = cargo::cargo(&["run", "--quiet", "--offline"]);
    let mut inside = namespace::command(outside.get_program())?;
    inside
        .args(outside.get_args())
        .args(record)
        .arg("--")
        .current_dir(cargo::root());
    if let Some(What::Network) = flags.what {
        inside.arg("network");
    }
    if flags.check {
        inside.arg("--check");
    }
    if let Some(tor) = &flags.tor {
        inside.arg("--tor").arg(std::path::absolute(tor)?);
    }
    cargo::run_through(&mut inside)
}
