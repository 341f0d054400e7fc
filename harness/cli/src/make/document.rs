//! A document of a whole network.

use anyhow::Result;
use clap::Args;
use tor_harness::netdoc::Builder;
use tor_harness::testnet::Network;

use super::entry::EntryChanges;
use super::output::{Output, Readers};
use super::status::Status;
use crate::progress::Progress;

#[derive(Debug, Args)]
pub(super) struct DocumentArgs {
    #[command(flatten)]
    pub(super) status: Status,
    #[command(flatten)]
    pub(super) changes: EntryChanges,
    #[command(flatten)]
    output: Output,
}

impl DocumentArgs {
    /// Makes the document of the network.
    pub(super) fn run(&self, make: impl FnOnce(Network) -> Result<Builder>) -> Result<()> {
        self.write(|| {
            let document = make(self.status.network())?;
            Ok(self.changes.apply(document)?.encode())
        })
    }

    /// Writes a document that is made so.
    pub(super) fn write(&self, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<()> {
        self.output.check()?;
        let progress = Progress::doing(format!("making {} relays", self.status.count()));
        let document = make()?;
        drop(progress);
        self.output.write(Readers::All, [Ok(document)])
    }
}
