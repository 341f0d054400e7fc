//! Which relay's entry is changed.

use anyhow::{Context as _, Result};
use clap::Args;
use tor_harness::netdoc::{Builder, OwnedItem};
use tor_harness::types::Nickname;

use super::changes::Changes;

#[derive(Debug, Args)]
pub(super) struct EntryChanges {
    /// Make the changes in the entry of this relay, by its nickname: relay0, auth0, ...
    #[arg(
        long,
        value_name = "NICKNAME",
        help_heading = "Changes, in their order"
    )]
    entry: Option<Nickname>,
    #[command(flatten)]
    changes: Changes,
}

impl EntryChanges {
    pub(super) fn are_none(&self) -> bool {
        self.entry.is_none() && self.changes.are_none()
    }

    /// The document with the changes.
    pub(super) fn apply(&self, document: Builder) -> Result<Builder> {
        let Some(entry) = &self.entry else {
            return self.changes.apply(document);
        };
        let (number, keyword) = document
            .items()
            .filter(|item| ENTRIES.contains(&item.keyword.as_str()))
            .enumerate()
            .find(|(_, item)| is_named(item, entry))
            .map(|(number, item)| (number, item.keyword.clone()))
            .with_context(|| {
            format!("--entry {entry}: expected the nickname of a relay that is in there: relay0 is the first")
        })?;
        let mut done = Ok(());
        let changed = self
            .changes
            .signed(document)
            .part(&keyword, number, |part| {
                self.changes.apply(part.clone()).unwrap_or_else(|error| {
                    done = Err(error);
                    part
                })
            });
        done.map(|()| changed)
    }
}

/// What entries begin with: in votes and consensuses, in bandwidth files.
const ENTRIES: [&str; 2] = ["r", "node_id"];

/// Whether an entry is of this relay.
fn is_named(item: &OwnedItem, nickname: &Nickname) -> bool {
    let text = String::from_utf8_lossy(item.text.as_deref().unwrap_or_default());
    let mut words = text.split(' ');
    match item.keyword.as_str() {
        "r" => words.next() == Some(nickname.as_str()),
        _ => words.any(|word| word.strip_prefix("nick=") == Some(nickname.as_str())),
    }
}
