//! `tor-harness make vote`.

use anyhow::{Context as _, Result};
use clap::Args;
use tor_harness::testnet::{Authority, Network};

use super::document::DocumentArgs;
use crate::help;

/// What one authority says of all relays, signed by it.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_VOTE)]
pub(super) struct VoteArgs {
    /// Which authority, counted from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    authority: usize,
    #[command(flatten)]
    document: DocumentArgs,
}

impl VoteArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.document
            .run(|network| Ok(network.vote(authority(&network, self.authority)?)))
    }
}

/// The authority of `--authority`.
pub(super) fn authority(network: &Network, number: usize) -> Result<&Authority> {
    network.authorities.get(number).with_context(|| {
        let last = network.authorities.len() - 1;
        format!(
            "--authority {number}: expected one from 0 to {last}: there are as many as --authorities says"
        )
    })
}
