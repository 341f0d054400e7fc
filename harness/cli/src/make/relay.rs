//! `tor-harness make relay`.

use anyhow::Result;
use clap::{Args, ValueEnum};
use tor_harness::netdoc::Flavor;
use tor_harness::testnet::{File, Relay, Seed};
use tor_harness::types::UtcSeconds;

use super::output::Readers;
use super::subject::{Made, Print, Subject, keys};
use crate::help;

/// What a relay says of itself, or what is said of it, or its keys.
///
/// With the same seed and time it is the relay that `make consensus` and `make network` list under its
/// number, unless it is told to be another.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_RELAY)]
pub(super) struct RelayArgs {
    /// What to print.
    #[arg(
        long,
        value_name = "WHAT",
        value_enum,
        default_value = "server-descriptor"
    )]
    what: What,
    #[command(flatten)]
    relays: Subject,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// What it says of itself.
    ServerDescriptor,
    /// What it says of itself that clients need not know.
    ExtraInfo,
    /// What clients need to know of it.
    Microdescriptor,
    /// Its entry in the ns consensus.
    StatusEntry,
    /// Its entry in the microdesc consensus.
    StatusEntryMicrodesc,
    /// A line of JSON, with the secret ones.
    Keys,
}

impl What {
    fn readers(self) -> Readers {
        match self {
            Self::Keys => Readers::Owner,
            _ => Readers::All,
        }
    }
}

impl RelayArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.relays.run(self.what.readers(), |relay: &Relay| {
            Print::Document(match self.what {
                What::ServerDescriptor => relay.server_descriptor(),
                What::ExtraInfo => relay.extra_info(),
                What::Microdescriptor => relay.microdescriptor(),
                What::StatusEntry => relay.status_entry(Flavor::Ns),
                What::StatusEntryMicrodesc => relay.status_entry(Flavor::Microdesc),
                What::Keys => return keys(relay),
            })
        })
    }
}

impl Made for Relay {
    fn new(seed: Seed, number: u64, at: UtcSeconds) -> Self {
        Self::new(seed, number, at)
    }

    fn relay(&mut self) -> &mut Relay {
        self
    }

    fn files(&self) -> Vec<File> {
        self.files()
    }
}
