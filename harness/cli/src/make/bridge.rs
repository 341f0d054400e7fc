//! `tor-harness make bridge`.

use anyhow::Result;
use clap::{Args, ValueEnum};
use tor_harness::testnet::{Bridge, File, Relay, Seed};
use tor_harness::types::UtcSeconds;

use super::output::Readers;
use super::subject::{Made, Print, Subject, keys};
use crate::help;

/// What a bridge says of itself, what CollecTor makes of it, its keys.
///
/// With the same seed and time it is the bridge that `make network` has under its number, unless it is
/// told to be another.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_BRIDGE)]
pub(super) struct BridgeArgs {
    /// What to print.
    #[arg(
        long,
        value_name = "WHAT",
        value_enum,
        default_value = "server-descriptor"
    )]
    what: What,
    #[command(flatten)]
    bridges: Subject,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// What it tells the bridge authority.
    ServerDescriptor,
    /// The same that clients need not know, with its transports.
    ExtraInfo,
    /// Its server descriptor as CollecTor hands it out.
    SanitisedServerDescriptor,
    /// Its extra-info as CollecTor hands it out.
    SanitisedExtraInfo,
    /// Its entry in the bridge authority's status, as CollecTor hands it out.
    SanitisedStatusEntry,
    /// The lines for a client's torrc: without a transport, and for each.
    Lines,
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

impl BridgeArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.bridges.run(self.what.readers(), |bridge: &Bridge| {
            Print::Document(match self.what {
                What::ServerDescriptor => bridge.server_descriptor(),
                What::ExtraInfo => bridge.extra_info(),
                What::SanitisedServerDescriptor => bridge.sanitised().server_descriptor,
                What::SanitisedExtraInfo => bridge.sanitised().extra_info,
                What::SanitisedStatusEntry => bridge.sanitised().status_entry,
                What::Lines => return lines(bridge),
                What::Keys => return keys(&bridge.relay),
            })
        })
    }
}

impl Made for Bridge {
    fn new(seed: Seed, number: u64, at: UtcSeconds) -> Self {
        Self::new(seed, number, at)
    }

    fn relay(&mut self) -> &mut Relay {
        &mut self.relay
    }

    fn files(&self) -> Vec<File> {
        self.files()
    }
}

fn lines(bridge: &Bridge) -> Print {
    let all = [bridge.bridge_line()]
        .into_iter()
        .chain(bridge.transport_lines());
    Print::Text(all.map(|line| line + "\n").collect())
}
