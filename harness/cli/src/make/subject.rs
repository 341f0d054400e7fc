//! One or some of a kind, such as relays: which, what they are like, where they go.

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use data_encoding::{BASE64, BASE64_NOPAD};
use serde_json::json;
use tor_harness::netdoc::Builder;
use tor_harness::testnet::{File, Relay, Seed};
use tor_harness::types::UtcSeconds;

use super::changes::{self, Changes};
use super::folder::Folder;
use super::origin::Origin;
use super::output::{self, Output, Readers};
use super::relay_settings::RelaySettings;

#[derive(Debug, Args)]
pub(super) struct Subject {
    /// Which one, counted from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    number: u64,
    /// How many, one behind the other.
    #[arg(long, value_name = "N", default_value_t = 1)]
    count: u64,
    #[command(flatten)]
    origin: Origin,
    #[command(flatten)]
    settings: RelaySettings,
    #[command(flatten)]
    changes: Changes,
    /// Write what tor keeps of it in its data directory, keys and fingerprints, into this folder,
    /// and print nothing.
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

/// What there is one of for each number.
pub(super) trait Made {
    fn new(seed: Seed, number: u64, at: UtcSeconds) -> Self;

    /// The relay that it is, which the settings are for.
    fn relay(&mut self) -> &mut Relay;

    /// What tor keeps of it in its data directory.
    fn files(&self) -> Vec<File>;
}

/// What is printed of one.
pub(super) enum Print {
    /// A document, with the changes.
    Document(Builder),
    /// What cannot be changed.
    Text(String),
}

impl Subject {
    /// Makes one for each number, tells it what it is like, prints it or writes its files.
    pub(super) fn run<T: Made>(&self, readers: Readers, print: impl Fn(&T) -> Print) -> Result<()> {
        let last = self.number.checked_add(self.count).with_context(|| {
            format!(
                "--number {}: expected a smaller number, for --count {}",
                self.number, self.count
            )
        })?;
        let make = |number| {
            let seed = self.origin.seed();
            let mut one = T::new(seed, number, self.origin.at);
            self.settings.apply(seed, one.relay());
            one
        };
        if let Some(path) = &self.dir {
            let mut folder = Folder::create(path, self.output.force)?;
            for file in make(self.number).files() {
                folder.write(file)?;
            }
            return folder.finish();
        }
        self.output.check()?;
        let all = (self.number..last).map(|number| self.bytes(print(&make(number))));
        self.output.write(readers, all)
    }

    fn bytes(&self, print: Print) -> Result<Vec<u8>> {
        match print {
            Print::Document(document) => Ok(self.changes.apply(document)?.encode()),
            Print::Text(text) => {
                ensure!(
                    self.changes.are_none(),
                    "--what: expected a document, which can be changed, or no changes"
                );
                Ok(text.into_bytes())
            }
        }
    }
}

/// The keys of a relay as a line of JSON: public ones as they are in documents, RSA keys as
/// PKCS#1, secret ed25519 keys expanded.
pub(super) fn keys(relay: &Relay) -> Print {
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
    Print::Text(format!("{line}\n"))
}
