//! Times beside this one.

use std::time::SystemTime;

use tor_harness::runner::Failed;
use tor_harness::types::UtcSeconds;

/// So many seconds from now.
pub(crate) fn from_now(later: i64) -> Result<UtcSeconds, Failed> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let now = i64::try_from(now.as_secs())?;
    Ok(UtcSeconds::from_unix(now + later).ok_or("a year of four digits")?)
}
