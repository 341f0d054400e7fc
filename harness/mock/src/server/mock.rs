//! A mock that listens.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use tor_harness_types::Endpoint;

use super::builder::Builder;
use super::error::MockError;
use super::event_loop::{EventLoop, Remote};
use super::socket::Listener;
use super::stage::Stage;
use crate::script::{EventError, Report, Unmet};

/// A running mock: a control port that behaves like tor.
///
/// Dropped, it closes every connection, removes its folder, and panics with a
/// report if the script expected what has not come; not so where the thread
/// panics already, or [`Mock::verify`] has reported it.
///
/// A test that returns early with `?` drops its mock, whose panic then hides
/// the error. Whoever has another error to tell calls [`Mock::verify`] before
/// and ignores what it says: what has been reported is not reported again.
///
/// ```
/// # use tor_harness_mock::{Mock, On, Script};
/// # fn talk_to(_: &Mock) -> std::io::Result<()> { Err(std::io::ErrorKind::TimedOut.into()) }
/// # fn test() -> Result<(), Box<dyn std::error::Error>> {
/// let script = Script::new().on(On::command("GETINFO version").times(1));
/// let mock = Mock::builder().script(script).start()?;
/// talk_to(&mock).inspect_err(|_| {
///     let _ = mock.verify();
/// })?;
/// # Ok(())
/// # }
/// # assert_eq!(test().unwrap_err().to_string(), "timed out");
/// ```
pub struct Mock {
    stage: Stage,
    remote: Arc<Remote>,
    thread: Option<JoinHandle<()>>,
}

impl Mock {
    /// Describes a mock, then starts it.
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(super) fn new(stage: Stage, listener: Listener) -> Result<Self, MockError> {
        let (event_loop, remote) =
            EventLoop::new(listener, stage.share()).map_err(MockError::Loop)?;
        let thread = std::thread::Builder::new()
            .name("tor-mock".into())
            .spawn(move || event_loop.run())
            .map_err(MockError::Loop)?;
        Ok(Self {
            stage,
            remote,
            thread: Some(thread),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.stage.endpoint
    }

    /// The file that has its cookie, where cookies authenticate.
    #[must_use]
    pub fn cookie_file(&self) -> Option<&Path> {
        self.stage.cookie_file()
    }

    /// Every line in and out so far, with its connection and its time in
    /// seconds; the last ten thousand.
    #[must_use]
    pub fn transcript(&self) -> String {
        self.stage.port().transcript()
    }

    /// Whether everything that the script expects has come so far.
    ///
    /// # Errors
    /// What has not, and what came instead. It is not reported again when the
    /// mock is dropped.
    pub fn verify(&self) -> Result<(), Unmet> {
        self.stage.verify()
    }

    /// What has come so far, against what is expected: there may be something
    /// to tell though every expectation is met.
    #[must_use]
    pub fn report(&self) -> Report {
        self.stage.port().report()
    }

    /// Sends an event to those who are subscribed to it: `BW 1 2`; lines of one
    /// event end in LF, but for the last.
    ///
    /// # Errors
    /// If no recorded tor has such an event.
    pub fn emit(&self, event: &str) -> Result<(), EventError> {
        self.stage.port().emit(event)?;
        self.remote.wake();
        Ok(())
    }

    /// Whether this tor has ended, as tor does by SIGNAL or with its owner:
    /// nobody can connect any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.stage.port().has_ended()
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("endpoint", self.endpoint())
            .finish_non_exhaustive()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.remote.stop();
        let ended_well = self
            .thread
            .take()
            .is_none_or(|thread| thread.join().is_ok());
        assert!(
            ended_well || std::thread::panicking(),
            "the mock's event loop has panicked"
        );
        self.stage.verify_at_end();
    }
}
