//! `tor-harness make relay`.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use data_encoding::{BASE64, BASE64_NOPAD};
use serde_json::json;
use tor_harness::netdoc::Flavor;
use tor_harness::testnet::Relay;

use super::changes::{self, Changes};
use super::folder::Folder;
use super::origin::Origin;
use super::output::{self, Output};
use super::relay_settings::RelaySettings;
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
    /// Which relay, counted from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    number: u64,
    /// How many relays, one behind the other.
    #[arg(long, value_name = "N", default_value_t = 1)]
    count: u64,
    #[command(flatten)]
    origin: Origin,
    #[command(flatten)]
    settings: RelaySettings,
    #[command(flatten)]
    changes: Changes,
    /// Write what tor keeps of a relay in its data directory, keys and fingerprints, into this
    /// folder, and print nothing.
    #[arg(
        long,
        value_name = "DIR",
        help_heading = "Where to",
        conflicts_with_all = ["what", "count"],
        conflicts_with_all = changes::NAMES,
        conflicts_with_all = output::NAMES
    )]
    dir: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
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

impl RelayArgs {
    pub(super) fn run(&self) -> Result<()> {
        let last = self.number.checked_add(self.count);
        let last = last.with_context(|| {
            format!(
                "--number {}: expected a smaller number, for --count {}",
                self.number, self.count
            )
        })?;
        if let Some(path) = &self.dir {
            let mut folder = Folder::create(path, self.output.force)?;
            for file in self.relay(self.number).files() {
                folder.write(file)?;
            }
            return folder.finish();
        }
        self.output.check()?;
        let all = (self.number..last).map(|number| self.bytes(&self.relay(number)));
        self.output.write(all)
    }

    fn relay(&self, number: u64) -> Relay {
        let seed = self.origin.seed();
        let mut relay = Relay::new(seed, number, self.origin.at);
        self.settings.apply(seed, &mut relay);
        relay
    }

    /// What is asked for.
    fn bytes(&self, relay: &Relay) -> Result<Vec<u8>> {
        let document = match self.what {
            What::ServerDescriptor => relay.server_descriptor(),
            What::ExtraInfo => relay.extra_info(),
            What::Microdescriptor => relay.microdescriptor(),
            What::StatusEntry => relay.status_entry(Flavor::Ns),
            What::StatusEntryMicrodesc => relay.status_entry(Flavor::Microdesc),
            What::Keys => {
                anyhow::ensure!(
                    self.changes.are_none(),
                    "--what keys: expected a document, to change it"
                );
                return Ok(keys(relay));
            }
        };
        Ok(self.changes.apply(document)?.encode())
    }
}

/// Its keys as a line of JSON, each as documents have it: public ones as they are in them, RSA
/// keys as PKCS#1, secret ed25519 keys expanded.
fn keys(relay: &Relay) -> Vec<u8> {
    let keys = relay.keys();
    let rsa = |der: Vec<u8>| BASE64.encode(&der);
    let line = json!({
        "nickname": relay.nickname.as_str(),
        "fingerprint": relay.fingerprint().to_string(),
        "ed25519": BASE64_NOPAD.encode(&keys.master().public()),
        "ntor": BASE64_NOPAD.encode(&keys.ntor_public()),
        "secret": {
            "rsa": rsa(keys.identity().private_der()),
            "tap": rsa(keys.onion().private_der()),
            "ed25519": BASE64.encode(keys.master().expanded()),
            "ed25519_signing": BASE64.encode(keys.signing().expanded()),
            "ntor": BASE64.encode(&keys.ntor_secret()),
        },
    });
    format!("{line}\n").into_bytes()
}
