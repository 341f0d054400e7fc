//! Which part of a vote or consensus is changed.

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
        self.changes.are_none()
    }

    /// The document with the changes.
    pub(super) fn apply(&self, document: Builder) -> Result<Builder> {
        let Some(entry) = &self.entry else {
            return self.changes.apply(document);
        };
        let number = document
            .items()
            .filter(|item| item.keyword == "r")
            .position(|router| is_named(router, entry));
        let number = number.with_context(|| {
            format!("--entry {entry}: expected the nickname of a relay that is in there: relay0 is the first")
        })?;
        let mut done = Ok(());
        let changed = self.changes.signed(document).part("r", number, |part| {
            self.changes.apply(part.clone()).unwrap_or_else(|error| {
                done = Err(error);
                part
            })
        });
        done.map(|()| changed)
    }
}

/// Whether an entry begins with this nickname.
fn is_named(router: &OwnedItem, nickname: &Nickname) -> bool {
    let text = router.text.as_deref().unwrap_or_default();
    text.split(|byte| *byte == b' ').next() == Some(nickname.as_str().as_bytes())
}
