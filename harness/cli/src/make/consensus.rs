//! `tor-harness make consensus`.

use anyhow::Result;
use clap::{Args, ValueEnum};
use tor_harness::netdoc::{Builder, Flavor};
use tor_harness::testnet::Network;

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
    pub(super) document: DocumentArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FlavorName {
    Ns,
    Microdesc,
}

impl ConsensusArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.document.run(|network| Ok(self.of(network)))
    }

    /// The consensus of a network.
    pub(super) fn of(&self, mut network: Network) -> Builder {
        network.status.with_votes = self.votes;
        network.consensus(match self.flavor {
            FlavorName::Ns => Flavor::Ns,
            FlavorName::Microdesc => Flavor::Microdesc,
        })
    }
}
