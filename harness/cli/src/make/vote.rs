//! `tor-harness make vote`.

use anyhow::{Context as _, Result};
use clap::Args;

use super::entry::EntryChanges;
use super::output::Output;
use super::progress::Progress;
use super::status::Status;
use crate::help;

/// What one authority says of all relays, signed by it.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_VOTE)]
pub(super) struct VoteArgs {
    /// Which authority, counted from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    authority: usize,
    #[command(flatten)]
    status: Status,
    #[command(flatten)]
    changes: EntryChanges,
    #[command(flatten)]
    output: Output,
}

impl VoteArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.output.check()?;
        let progress = Progress::making(self.status.count());
        let network = self.status.network();
        let authority = network.authorities.get(self.authority);
        let authority = authority.with_context(|| {
            let last = self.status.authorities.count - 1;
            format!(
                "--authority {}: expected one from 0 to {last}: there are as many as --authorities says",
                self.authority
            )
        })?;
        let document = self.changes.apply(network.vote(authority))?.encode();
        drop(progress);
        self.output.write([Ok(document)])
    }
}
