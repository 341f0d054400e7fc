//! `tor-harness make consensus`.

use anyhow::Result;
use clap::{Args, ValueEnum};
use tor_harness::netdoc::Flavor;

use super::document::DocumentArgs;
use crate::help;

/// What all authorities agree on, signed by all.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_CONSENSUS)]
pub(super) struct ConsensusArgs {
    /// By which documents it names relays: server descriptors (ns), or microdescriptors, as clients
    /// want it.
    #[arg(long, value_name = "FLAVOR", value_enum, default_value = "ns")]
    flavor: FlavorName,
    /// Name the votes by the digests of those that `make vote` gives, for which every descriptor
    /// has to be made. Without it the digests are of nothing.
    #[arg(long)]
    votes: bool,
    #[command(flatten)]
    document: DocumentArgs,
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
        self.document.run(|mut network| {
            network.status.with_votes = self.votes;
            Ok(network.consensus(flavor))
        })
    }
}
