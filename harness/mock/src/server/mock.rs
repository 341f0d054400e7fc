//! The mock itself.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tor_harness_types::Endpoint;

use super::builder::Builder;
use super::error::MockError;
use super::event_loop::Running;
use super::files::Files;
use super::live::Live;
use super::memory::MemoryConnection;
use super::service::Service as _;
use super::shared::Shared;
use super::socket::Listener;
use crate::connection::ConnectionId;
use crate::received::Received;
use crate::script::{EventError, On, Report, Script, ScriptError, Unmet};

/// The time that passes at once where more is to pass: in between, what
/// happened is sent.
const STEP: Duration = Duration::from_secs(60 * 60);

/// A running mock: a control port that behaves like tor.
///
/// It needs no async runtime and works beside any: one thread of its own
/// serves all connections, and no method waits for one.
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
///
/// It is steered while it runs, from any thread:
///
/// ```
/// use std::io::{BufRead, BufReader, Write};
/// use std::net::TcpStream;
/// use std::time::Duration;
/// use tor_harness_mock::{Endpoint, Mock};
///
/// let mock = Mock::builder().virtual_time().start()?;
/// let Endpoint::Tcp(address) = mock.endpoint() else { panic!() };
/// let mut client = BufReader::new(TcpStream::connect(address)?);
/// client.get_mut().write_all(b"AUTHENTICATE\r\nSETEVENTS BW NOTICE\r\n")?;
/// let mut line = || client.by_ref().lines().next().unwrap();
/// # use std::io::Read as _;
/// assert_eq!((line()?, line()?, line()?), ("250 OK".into(), "250 OK".into(), "650 BW 0 0".into()));
///
/// mock.emit("NOTICE hello")?;
/// mock.advance(Duration::from_secs(1)); // no second passes
/// assert_eq!((line()?, line()?), ("650 NOTICE hello".into(), "650 BW 0 0".into()));
/// assert_eq!(mock.received()[1].command, "SETEVENTS BW NOTICE");
/// mock.disconnect_all();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Mock {
    endpoint: Endpoint,
    files: Files,
    shared: Arc<Shared<Live>>,
    /// None where it does not listen.
    server: Option<Running<Live>>,
    /// Somebody has asked what is unmet, and knows.
    reported: AtomicBool,
}

impl Mock {
    /// Describes a mock, then starts it.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// A mock that listens, or one in memory.
    pub(super) fn new(
        endpoint: Endpoint,
        files: Files,
        live: Live,
        listener: Option<Listener>,
    ) -> Result<Self, MockError> {
        let (shared, server) = match listener {
            Some(listener) => {
                let server = Running::start(live, listener, "tor-mock").map_err(MockError::Loop)?;
                (Arc::clone(&server.shared), Some(server))
            }
            None => (Arc::new(Shared::alone(live)), None),
        };
        Ok(Self {
            endpoint,
            files,
            shared,
            server,
            reported: AtomicBool::new(false),
        })
    }

    /// Where it listens, or would if it were not in memory.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Connects without a socket.
    #[must_use]
    pub fn connect(&self) -> MemoryConnection {
        MemoryConnection::new(&self.shared)
    }

    /// The file that has its cookie, where cookies authenticate.
    #[must_use]
    pub fn cookie_file(&self) -> Option<&Path> {
        self.files.cookie_file()
    }

    /// The folder that it says is its own.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.files.folder()
    }

    /// What has come so far, against what is expected: there may be something
    /// to tell though every expectation is met.
    #[must_use]
    pub fn report(&self) -> Report {
        self.shared.lock().port.report()
    }

    /// Plays another script as well: its rules stand before those that are
    /// there, and its faults hold for connections that are open, too.
    ///
    /// # Errors
    /// If the script is wrong: nothing of it is played.
    pub fn play(&self, script: &Script) -> Result<(), ScriptError> {
        self.shared.act(|live| live.port.play(script))
    }

    /// Lets the answers to a command wait until they are
    /// [released](Self::release) by a name.
    ///
    /// # Errors
    /// If it is no command, as `GETINFO version` or `SETEVENTS *`.
    #[track_caller]
    pub fn hold(&self, command: &str, name: &str) -> Result<(), ScriptError> {
        self.play(&Script::new().on(On::held(command, name)))
    }

    /// Sends the answers that wait under a name, and lets later ones through:
    /// how many have waited. What [`hold`](Self::hold) did under it is undone.
    pub fn release(&self, name: &str) -> usize {
        self.shared.act(|live| live.port.release(name))
    }

    /// Sends an event to those who are subscribed to it: `BW 1 2`; lines of one
    /// event end in LF, but for the last.
    ///
    /// # Errors
    /// If no recorded tor has such an event.
    pub fn emit(&self, event: &str) -> Result<(), EventError> {
        self.shared.act(|live| live.port.emit(event))
    }

    /// Lets time pass, with all that happens on the way.
    ///
    /// # Panics
    /// If its time is real: see [`Builder::virtual_time`].
    #[track_caller]
    pub fn advance(&self, time: Duration) {
        assert!(
            self.is_time_virtual(),
            "expected a mock whose time is virtual, but the time of this one passes by itself: build it with \
             `virtual_time()` or `in_memory()`"
        );
        let mut left = time;
        while !left.is_zero() {
            left -= self.advance_a_step(left);
        }
    }

    /// Lets so much of that time pass as nobody has to wait for long: how much.
    pub(crate) fn advance_a_step(&self, time: Duration) -> Duration {
        self.shared.act(|live| live.advance(time.min(STEP)))
    }

    /// Whether time passes only where [`Mock::advance`] lets it.
    #[must_use]
    pub fn is_time_virtual(&self) -> bool {
        self.shared.lock().is_virtual()
    }

    /// Closes a connection once its output is sent; whether it was open.
    pub fn disconnect(&self, connection: ConnectionId) -> bool {
        self.shared.act(|live| live.port.disconnect(connection))
    }

    /// Closes every connection so; how many were open.
    pub fn disconnect_all(&self) -> usize {
        self.shared.act(|live| live.port.disconnect_all())
    }

    /// Every command that came so far; the last ten thousand, or the last
    /// 4 MiB where those are less.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.shared.lock().port.received()
    }

    /// Every line in and out so far, with its connection and its time in
    /// seconds; the last ten thousand.
    #[must_use]
    pub fn transcript(&self) -> String {
        self.shared.lock().port.transcript()
    }

    /// Whether everything that the script expects has come so far.
    ///
    /// # Errors
    /// What has not, and what came instead. It is not reported again when the
    /// mock is dropped.
    pub fn verify(&self) -> Result<(), Unmet> {
        let result = self.shared.lock().port.verify();
        if result.is_err() {
            self.reported.store(true, Ordering::Relaxed);
        }
        result
    }

    /// Becomes as it was at its start: its options and files, what the script
    /// has counted, the transcript, the time. Every connection is closed; their
    /// numbers go on.
    ///
    /// # Errors
    /// If this tor [has ended](Mock::has_ended), or its files cannot be written.
    pub fn reset(&self) -> Result<(), MockError> {
        self.shared.act(|live| {
            if live.has_ended() {
                return Err(MockError::Ended);
            }
            live.reset();
            self.reported.store(false, Ordering::Relaxed);
            self.files.write(&live.port).map_err(MockError::Folder)
        })
    }

    /// Whether this tor has ended, as tor does by SIGNAL or with its owner:
    /// nobody can connect any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.shared.lock().has_ended()
    }

    /// Ends it: nobody is connected any more, its port is free, its folder gone.
    ///
    /// # Errors
    /// What the script expected in vain: where dropping would panic.
    pub fn close(mut self) -> Result<(), Unmet> {
        self.server = None;
        self.verify()
    }

    /// The same, with what else there is to tell.
    pub(crate) fn end(mut self) -> Report {
        self.server = None;
        self.reported.store(true, Ordering::Relaxed);
        self.report()
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
        self.server = None;
        if std::thread::panicking() || self.reported.load(Ordering::Relaxed) {
            return;
        }
        if let Err(unmet) = self.verify() {
            panic!("{unmet}");
        }
    }
}
