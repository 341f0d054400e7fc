//! Waiting for what is there only for a while, or made in the background.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long it is waited: some voting periods.
const DEADLINE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);

/// Looks again and again until there is something.
pub(super) fn until<T>(what: &str, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let end = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if Instant::now() > end {
            bail!("expected {what}, waited {DEADLINE:?}, and it never came");
        }
        thread::sleep(PAUSE);
    }
}
