//! A time as an argument.

use std::time::SystemTime;

use anyhow::{Context as _, Result, anyhow};
use tor_harness::types::UtcSeconds;

/// The time of this name: as tor writes it, or `now`.
pub(crate) fn time(name: &str) -> Result<UtcSeconds> {
    if name != "now" {
        return name
            .parse::<UtcSeconds>()
            .map_err(|error| anyhow!("{error}, or now"));
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    UtcSeconds::from_unix(now.as_secs().try_into()?).context("expected a clock that is set")
}
