//! `tor-harness make consensus-diff`.

use anyhow::{Context as _, Result};
use clap::Args;
use tor_harness::netdoc::ConsensusDiff;

use super::consensus::ConsensusArgs;
use super::status::MOST_HOURS;
use crate::help;

/// What makes a consensus a newer one, as caches give it to clients.
///
/// From the one that `make consensus` gives with the same arguments. Changes are made in the newer
/// one.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_CONSENSUS_DIFF)]
pub(super) struct ConsensusDiffArgs {
    /// How many hours later the newer consensus is.
    #[arg(long, value_name = "HOURS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(..=MOST_HOURS))]
    newer: u64,
    #[command(flatten)]
    consensus: ConsensusArgs,
}

impl ConsensusDiffArgs {
    pub(super) fn run(&self) -> Result<()> {
        let arguments = &self.consensus.document;
        arguments.write(|| {
            let consensus = |later| self.consensus.of(arguments.status.network_later(later));
            let older = consensus(0).encode();
            let newer = arguments.changes.apply(consensus(self.newer))?.encode();
            ConsensusDiff::between(&older, &newer)
                .context("expected no line that is a dot alone, which ends a command of a diff")
        })
    }
}
