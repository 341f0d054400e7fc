//! `tor-harness make detached-signatures`.

use anyhow::Result;
use clap::Args;

use super::document::DocumentArgs;
use crate::help;

/// The signatures of both consensuses, without these.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_DETACHED_SIGNATURES)]
pub(super) struct DetachedSignaturesArgs {
    /// Those of the consensuses that `make consensus --votes` gives.
    #[arg(long)]
    votes: bool,
    #[command(flatten)]
    document: DocumentArgs,
}

impl DetachedSignaturesArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.document.run(|mut network| {
            network.status.with_votes = self.votes;
            Ok(network.detached_signatures())
        })
    }
}
