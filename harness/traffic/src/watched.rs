//! A value that one thread changes while another waits for a change.

use std::fmt::Debug;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What was waited for did not come in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} within {waited:.1?}, got {got}")]
pub struct Unmet {
    /// What was waited for.
    pub expected: String,
    /// What there was instead.
    pub got: String,
    /// For how long.
    pub waited: Duration,
}

/// The value.
#[derive(Debug, Default)]
pub(crate) struct Watched<T> {
    value: Mutex<T>,
    changed: Condvar,
}

impl<T> Watched<T> {
    /// The value as it is now.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes it, and wakes whoever waits.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.lock());
        self.wake();
        result
    }

    /// Wakes whoever waits.
    pub(crate) fn wake(&self) {
        self.changed.notify_all();
    }

    /// Waits for a change, at most for this long where a time is given.
    pub(crate) fn wait<'a>(
        &'a self,
        value: MutexGuard<'a, T>,
        most: Option<Duration>,
    ) -> MutexGuard<'a, T> {
        match most {
            None => self
                .changed
                .wait(value)
                .unwrap_or_else(PoisonError::into_inner),
            Some(most) => {
                self.changed
                    .wait_timeout(value, most)
                    .unwrap_or_else(PoisonError::into_inner)
                    .0
            }
        }
    }

    /// Waits until it holds for the value.
    pub(crate) fn wait_until(
        &self,
        expected: &str,
        within: Duration,
        holds: impl Fn(&T) -> bool,
    ) -> Result<(), Unmet>
    where
        T: Debug,
    {
        let started = Instant::now();
        let mut value = self.lock();
        while !holds(&value) {
            let waited = started.elapsed();
            let Some(left) = within.checked_sub(waited).filter(|left| !left.is_zero()) else {
                return Err(Unmet {
                    expected: expected.to_owned(),
                    got: format!("{:?}", *value),
                    waited,
                });
            };
            value = self.wait(value, Some(left));
        }
        Ok(())
    }
}
