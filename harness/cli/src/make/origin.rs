//! What all is made of: a seed, a moment.

use anyhow::{Result, ensure};
use clap::Args;
use tor_harness::testnet::Seed;
use tor_harness::types::UtcSeconds;

use crate::time::time;

/// The moment without another.
const MOMENT: &str = "2026-11-22 12:00:00";
const HOUR: i64 = 3600;
/// The beginning of 1971, and of 9999: keys are older, what is said counts longer.
const FIRST: i64 = 31_536_000;
const BEHIND: i64 = 253_370_764_800;

#[derive(Debug, Args)]
#[command(next_help_heading = "Out of what")]
pub(super) struct Origin {
    /// Which network: the same number gives the same keys everywhere.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// When: the consensus counts from then on, relays made their descriptors in the hours before.
    /// "YYYY-MM-DD HH:MM:SS" in UTC, or now for the beginning of this hour, as the public network
    /// has it: then a tor takes what is made. From 1971 to 9998.
    #[arg(
        long,
        visible_alias = "valid-after",
        value_name = "TIME",
        default_value = MOMENT,
        value_parser = moment
    )]
    pub(super) at: UtcSeconds,
}

impl Origin {
    pub(super) fn seed(&self) -> Seed {
        Seed::new(self.seed)
    }
}

/// The moment of this name, before which and behind which all can be made.
pub(super) fn moment(name: &str) -> Result<UtcSeconds> {
    let time = time(name)?;
    ensure!(
        (FIRST..BEHIND).contains(&time.as_unix()),
        "expected a time from 1971 to 9998, got {name:?}"
    );
    let hour = || UtcSeconds::from_unix(time.as_unix() / HOUR * HOUR);
    Ok(match name {
        "now" => hour().unwrap_or(time),
        _ => time,
    })
}
