//! Waiting for what is there only for a while, or made in the background.
//!
//! By looking again and again: tor says to nobody when an authority serves a vote, a consensus or a
//! diff, when an exit knows a relay, or when it listens.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long it is waited: some voting periods.
const DEADLINE: Duration = Duration::from_secs(60);
/// How long between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Looks again and again until there is something; `look` says what there is instead.
pub(crate) fn until<T>(what: &str, look: impl FnMut() -> Result<Result<T, String>>) -> Result<T> {
    within(DEADLINE, what, look)
}

/// The same with a deadline of one's own.
pub(crate) fn within<T>(
    deadline: Duration,
    what: &str,
    mut look: impl FnMut() -> Result<Result<T, String>>,
) -> Result<T> {
    let end = Instant::now() + deadline;
    loop {
        let instead = match look()? {
            Ok(found) => return Ok(found),
            Err(instead) => instead,
        };
        if Instant::now() >= end {
            bail!("expected {what}, waited {deadline:?}, and there was only this: {instead}");
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_instead_is_said() {
        let found: Result<()> = within(Duration::ZERO, "tea", || Ok(Err("coffee".to_owned())));
        let said = found.unwrap_err().to_string();
        assert_eq!(
            said,
            "expected tea, waited 0ns, and there was only this: coffee"
        );
    }
}
