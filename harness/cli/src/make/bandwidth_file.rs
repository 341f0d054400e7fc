//! `tor-harness make bandwidth-file`.

use anyhow::{Context as _, Result};
use clap::Args;

use super::document::DocumentArgs;
use super::vote::authority;
use crate::help;

/// How fast the relays were measured to be, for authorities to vote by.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_BANDWIDTH_FILE)]
pub(super) struct BandwidthFileArgs {
    /// Which authority votes by it, counted from 0; with --disagree each has its own.
    #[arg(long, value_name = "N", default_value_t = 0)]
    authority: usize,
    #[command(flatten)]
    document: DocumentArgs,
}

impl BandwidthFileArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.document.run(|network| {
            let file = network.bandwidth_file_by(authority(&network, self.authority)?);
            file.context("expected an authority that measures")
        })
    }
}
