//! Tors that scripts find started already.

use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use tor_harness::control::auth::AuthConfig;

use super::play::{Differential, Outcome};
use super::script::{Script, Step};

/// Tors, each with its mock, that are as good as new: they have only been read from, or have
/// refused whatever else they were told.
#[derive(Default)]
pub struct Stock {
    as_new: Mutex<Vec<(AuthConfig, Differential)>>,
}

impl Stock {
    /// Plays a script up to the first difference.
    ///
    /// # Errors
    /// If a tor or a mock does not start, or cannot be talked to.
    pub fn play(&self, script: &Script) -> Result<Outcome> {
        // Its streams are numbered behind all connections that there have been.
        let is_numbered = script.steps.iter().any(|step| step.says("RESOLVE"));
        let waiting = if is_numbered {
            None
        } else {
            self.take(&script.auth)
        };
        let mut both = match waiting {
            Some(both) => both,
            None => Differential::start(&script.auth)?,
        };
        let outcome = both.go_on(script)?;
        // What has been cut short may have left a connection with something to say.
        if outcome.alike == script.steps.len() && !outcome.has_changed {
            let mut all: Vec<_> = script.steps.iter().map(|step| step.connection).collect();
            all.sort_unstable();
            all.dedup();
            let steps = all.into_iter().map(Step::hang_up).collect();
            let auth = script.auth.clone();
            both.go_on(&Script { auth, steps })?;
            self.lock().push((script.auth.clone(), both));
        }
        Ok(outcome)
    }

    fn take(&self, auth: &AuthConfig) -> Option<Differential> {
        let mut as_new = self.lock();
        let at = as_new.iter().position(|(theirs, _)| theirs == auth)?;
        Some(as_new.swap_remove(at).1)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(AuthConfig, Differential)>> {
        self.as_new.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
