//! `tor-harness make consensus`.

use anyhow::Result;
use clap::{Args, ValueEnum};
use tor_harness::netdoc::Flavor;

use super::entry::EntryChanges;
use super::output::Output;
use super::progress::Progress;
use super::status::Status;
use crate::help;

/// What all authorities agree on, signed by all.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_CONSENSUS)]
pub(super) struct ConsensusArgs {
    /// By which documents it names relays: server descriptors (ns), or microdescriptors, as clients
    /// want it.
    #[arg(long, value_name = "FLAVOR", value_enum, default_value = "ns")]
    flavor: FlavorName,
    /// Name the votes by the digests of those that `make vote` and `make network` give, for which
    /// every descriptor has to be made. Without it the digests are of nothing.
    #[arg(long)]
    votes: bool,
    #[command(flatten)]
    status: Status,
    #[command(flatten)]
    changes: EntryChanges,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FlavorName {
    Ns,
    Microdesc,
}

impl ConsensusArgs {
    pub(super) fn run(&self) -> Result<()> {
        let flavor = match self.flavor {
            FlavorName::Ns => Flavor::Ns,
            FlavorName::Microdesc => Flavor::Microdesc,
        };
        self.output.check()?;
        let progress = Progress::making(self.status.count());
        let mut network = self.status.network();
        network.status.with_votes = self.votes;
        let document = self.changes.apply(network.consensus(flavor))?.encode();
        drop(progress);
        self.output.write([Ok(document)])
    }
}
