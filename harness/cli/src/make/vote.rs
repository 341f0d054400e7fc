//! `tor-harness make vote`.

use anyhow::{Context as _, Result};
use clap::Args;

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
        self.document.run(|network| {
            let authority = network.authorities.get(self.authority);
            let authority = authority.with_context(|| {
                let last = network.authorities.len() - 1;
                format!(
                    "--authority {}: expected one from 0 to {last}: there are as many as --authorities says",
                    self.authority
                )
            })?;
            Ok(network.vote(authority))
        })
    }
}
