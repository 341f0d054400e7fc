//! A mock without sockets, whose time is the test's.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::stage::{Stage, lock};
use crate::connection::ConnectionId;
use crate::port::ControlPort;
use crate::script::{EventError, Unmet};

/// A mock in memory: no socket, no thread, and no time but the one that
/// [`Memory::advance`] lets pass.
///
/// Dropped, it panics with a report if the script expected what has not come;
/// not so where the thread panics already, or [`Memory::verify`] has reported it:
/// see [`Mock`](crate::Mock) on tests that fail otherwise.
///
/// ```
/// use std::io::{Read, Write};
/// use std::time::Duration;
/// use tor_harness_mock::Mock;
///
/// let mock = Mock::builder().in_memory()?;
/// let mut connection = mock.connect();
/// connection.write_all(b"AUTHENTICATE\r\nSETEVENTS BW\r\n")?;
/// mock.advance(Duration::from_secs(1));
/// let mut buffer = [0; 100];
/// let length = connection.read(&mut buffer)?;
/// let expected = "250 OK\r\n250 OK\r\n650 BW 0 0\r\n650 BW 0 0\r\n";
/// assert_eq!(&buffer[..length], expected.as_bytes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Memory {
    stage: Stage,
}

/// A connection to a [`Memory`].
///
/// Reading gives [`io::ErrorKind::WouldBlock`] where nothing has come, and
/// the end where the mock has closed it.
pub struct MemoryConnection {
    id: ConnectionId,
    port: Arc<Mutex<ControlPort>>,
    input: Vec<u8>,
    read: usize,
}

impl Memory {
    pub(super) fn new(stage: Stage) -> Self {
        Self { stage }
    }

    /// Connects.
    #[must_use]
    pub fn connect(&self) -> MemoryConnection {
        MemoryConnection {
            id: self.stage.port().open(),
            port: self.stage.share(),
            input: Vec::new(),
            read: 0,
        }
    }

    /// Lets time pass, with all that happens on the way.
    pub fn advance(&self, time: Duration) {
        let mut port = self.stage.port();
        let now = port.now().saturating_add(time);
        port.handle_timeout(now);
    }

    /// The file that has its cookie, where cookies authenticate.
    #[must_use]
    pub fn cookie_file(&self) -> Option<&Path> {
        self.stage.cookie_file()
    }

    /// The folder that it says is its own.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.stage.folder()
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

    /// Sends an event to those who are subscribed to it: `BW 1 2`; lines of one
    /// event end in LF, but for the last.
    ///
    /// # Errors
    /// If no recorded tor has such an event.
    pub fn emit(&self, event: &str) -> Result<(), EventError> {
        self.stage.port().emit(event)
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.stage.verify_at_end();
    }
}

impl Read for MemoryConnection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.input.len() {
            let mut port = lock(&self.port);
            self.input = port.take_output(self.id);
            self.read = 0;
            if self.input.is_empty() && !port.is_closed(self.id) {
                return Err(io::ErrorKind::WouldBlock.into());
            }
        }
        let length = (&self.input[self.read..]).read(buffer)?;
        self.read += length;
        Ok(length)
    }
}

impl Write for MemoryConnection {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut port = lock(&self.port);
        if port.is_closed(self.id) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let now = port.now();
        port.receive(self.id, bytes, now);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for MemoryConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryConnection")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Drop for MemoryConnection {
    fn drop(&mut self) {
        lock(&self.port).close(self.id);
    }
}
