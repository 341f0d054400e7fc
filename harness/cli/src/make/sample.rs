//! `tor-harness make sample`.

use anyhow::Result;
use clap::Args;
use tor_harness::netdoc::Kind;
use tor_harness::testnet::sample;

use super::changes::Changes;
use super::output::{Output, Readers};
use crate::args::kind;
use crate::help;

/// One document of any type, with what such documents have as a rule.
///
/// All are of one small network, which is always the same.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_SAMPLE)]
pub(super) struct SampleArgs {
    /// The type, by its name in `tor-harness parse`, or CollecTor's.
    #[arg(value_name = "TYPE", value_parser = kind)]
    kind: Kind,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    output: Output,
}

impl SampleArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.output.check()?;
        let document = self.changes.apply(sample::of(self.kind))?;
        self.output.write(Readers::All, [Ok(document.encode())])
    }
}
