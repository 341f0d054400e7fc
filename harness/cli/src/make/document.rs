//! A document of a whole network.

use anyhow::Result;
use clap::Args;
use tor_harness::netdoc::Builder;
use tor_harness::testnet::Network;

use super::entry::EntryChanges;
use super::output::Output;
use super::status::Status;
use crate::progress::Progress;

#[derive(Debug, Args)]
pub(super) struct DocumentArgs {
    #[command(flatten)]
    pub(super) status: Status,
    #[command(flatten)]
    changes: EntryChanges,
    #[command(flatten)]
    output: Output,
}

impl DocumentArgs {
    /// Makes the document of the network.
    pub(super) fn run(&self, make: impl FnOnce(Network) -> Result<Builder>) -> Result<()> {
        self.output.check()?;
        let progress = Progress::doing(format!("making {} relays", self.status.count()));
        let document = make(self.status.network(0))?;
        let document = self.changes.apply(document)?.encode();
        drop(progress);
        self.output.write([Ok(document)])
    }
}
