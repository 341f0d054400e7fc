//! What a running test is given.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::events::{Event, Note};
use crate::failed::{Cause, Failed, TestResult};
use crate::sink::Sink;

/// What a running test is given.
pub struct Context {
    suite: String,
    name: String,
    sink: Sink,
    setup: Mutex<SetupClock>,
    attachments: Mutex<Vec<Attach>>,
}

/// A text that is made only if it is needed.
pub(crate) struct Attach {
    pub(crate) name: String,
    pub(crate) text: Box<dyn FnOnce() -> String + Send>,
}

#[derive(Default)]
struct SetupClock {
    done: Duration,
    running_since: Option<Instant>,
}

impl Context {
    pub(crate) fn new(suite: &str, name: &str, sink: Sink) -> Self {
        Self {
            suite: suite.to_owned(),
            name: name.to_owned(),
            sink,
            setup: Mutex::default(),
            attachments: Mutex::default(),
        }
    }

    /// The test's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs `work` as part of the set-up: its time is counted apart from the body's. Several calls
    /// add up; one inside another counts once. The deadline is for both together.
    pub fn setup<T>(&self, work: impl FnOnce() -> T) -> T {
        struct Running<'c>(&'c Context);
        impl Drop for Running<'_> {
            fn drop(&mut self) {
                let mut clock = self.0.setup_clock();
                if let Some(since) = clock.running_since.take() {
                    clock.done += since.elapsed();
                }
            }
        }

        let _running = {
            let mut clock = self.setup_clock();
            let outermost = clock.running_since.is_none();
            clock.running_since.get_or_insert_with(Instant::now);
            outermost.then(|| Running(self))
        };
        work()
    }

    /// Attaches a text to the test's failure, if it fails or runs over its deadline; `text` is
    /// called only then, on another thread, after the body's own values were dropped (or, over the
    /// deadline, while they still exist).
    pub fn attach(&self, name: impl Into<String>, text: impl FnOnce() -> String + Send + 'static) {
        lock(&self.attachments).push(Attach {
            name: name.into(),
            text: Box::new(text),
        });
    }

    /// Skips the test for a reason found out only while it runs: `return ctx.skip("...")`.
    ///
    /// Prefer [`Test::requires`](crate::Test::requires), which decides before anything is started,
    /// and which nextest reports as a skip too (it counts this one as passed).
    ///
    /// # Errors
    /// Always: the skip itself.
    pub fn skip(&self, reason: impl Into<String>) -> TestResult {
        Err(Failed(Cause::Skipped {
            reason: reason.into(),
        }))
    }

    /// Says something that is not the outcome, such as `drift`: it goes into the
    /// [events](crate::events), nowhere else.
    pub fn note(&self, kind: impl Into<String>, text: impl Into<String>) {
        // What cannot be written now cannot be written when the test finishes either, and that is
        // reported.
        let _ = self.sink.emit(&Event::Note(Note {
            suite: self.suite.clone(),
            name: self.name.clone(),
            kind: kind.into(),
            text: text.into(),
        }));
    }

    pub(crate) fn suite(&self) -> &str {
        &self.suite
    }

    /// The time spent in set-up up to now.
    pub(crate) fn setup_time(&self) -> Duration {
        let clock = self.setup_clock();
        clock.done
            + clock
                .running_since
                .map_or(Duration::ZERO, |since| since.elapsed())
    }

    pub(crate) fn take_attachments(&self) -> Vec<Attach> {
        std::mem::take(&mut *lock(&self.attachments))
    }

    fn setup_clock(&self) -> MutexGuard<'_, SetupClock> {
        lock(&self.setup)
    }
}

/// A poisoned lock only says that a test panicked, which is no news here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
