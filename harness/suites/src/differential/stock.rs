//! Tors that scripts find started already.

use std::panic::resume_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::Result;
use tor_harness::control::auth::AuthConfig;

use super::play::{Differential, Outcome};
use super::script::{Script, Step};

/// Commands that leave a tor as it was once their connection is closed, whatever it
/// answers.
const CHANGE_NOTHING: &[&str] = &[
    "AUTHCHALLENGE",
    "AUTHENTICATE",
    "GETCONF",
    "GETINFO",
    "PROTOCOLINFO",
    "QUIT",
    "SETEVENTS",
    "USEFEATURE",
];

/// Tors, each with its mock, that scripts find started already: those that have only been read
/// from, for scripts that do no more than that, and one that is new.
#[derive(Default)]
pub struct Stock {
    read: Mutex<Vec<(AuthConfig, Differential)>>,
    new: Mutex<Option<JoinHandle<Result<Differential>>>>,
}

impl Stock {
    /// Plays a script up to the first difference.
    ///
    /// # Errors
    /// If a tor or a mock does not start, or cannot be talked to.
    pub fn play(&self, script: &Script) -> Result<Outcome> {
        if !changes_nothing(script) {
            return self.start(&script.auth)?.go_on(script);
        }
        let mut both = match self.take(&script.auth) {
            Some(both) => both,
            None => self.start(&script.auth)?,
        };
        let outcome = both.go_on(script)?;
        // What has been cut short may have left a connection with something to say.
        if outcome.alike == script.steps.len() {
            let mut all: Vec<_> = script.steps.iter().map(|step| step.connection).collect();
            all.sort_unstable();
            all.dedup();
            let steps = all.into_iter().map(Step::hang_up).collect();
            let auth = script.auth.clone();
            both.go_on(&Script { auth, steps })?;
            lock(&self.read).push((script.auth.clone(), both));
        }
        Ok(outcome)
    }

    fn take(&self, auth: &AuthConfig) -> Option<Differential> {
        let mut idle = lock(&self.read);
        let at = idle.iter().position(|(theirs, _)| theirs == auth)?;
        Some(idle.swap_remove(at).1)
    }

    /// A new one. The next that lets everybody in starts meanwhile: most of that is waiting.
    fn start(&self, auth: &AuthConfig) -> Result<Differential> {
        if *auth != AuthConfig::null() {
            return Differential::start(auth);
        }
        let next = thread::spawn(|| Differential::start(&AuthConfig::null()));
        let ready = lock(&self.new).replace(next);
        match ready.map(JoinHandle::join) {
            Some(Ok(new)) => new,
            Some(Err(panic)) => resume_unwind(panic),
            None => Differential::start(auth),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn changes_nothing(script: &Script) -> bool {
    let lines = |step: &Step| {
        let bytes = step.bytes.as_deref().unwrap_or_default();
        let lines = bytes
            .strip_suffix(b"\n")
            .unwrap_or(bytes)
            .split(|byte| *byte == b'\n');
        lines.map(<[u8]>::to_vec).collect::<Vec<_>>()
    };
    script.steps.iter().flat_map(lines).all(|line| {
        let keyword = line.split(|byte| b" \t\r".contains(byte)).next();
        let keyword = keyword.unwrap_or_default();
        CHANGE_NOTHING
            .iter()
            .any(|name| name.as_bytes().eq_ignore_ascii_case(keyword))
    })
}
