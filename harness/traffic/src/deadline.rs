//! A point in time by which a stream has to have done something.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The point in time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    started: Instant,
    within: Duration,
}

impl Deadline {
    pub(crate) fn after(within: Duration) -> Self {
        Self {
            started: Instant::now(),
            within,
        }
    }

    /// How long it has been waited for.
    pub(crate) fn waited(self) -> Duration {
        self.started.elapsed()
    }

    /// How much time is left.
    ///
    /// # Errors
    /// [`io::ErrorKind::TimedOut`] if there is none.
    pub(crate) fn left(self) -> io::Result<Duration> {
        match self.within.checked_sub(self.waited()) {
            Some(left) if !left.is_zero() => Ok(left),
            _ => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    /// Reads what comes next; nothing, when the stream has ended.
    pub(crate) fn read(self, mut stream: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
        self.again(|left| {
            stream.set_read_timeout(Some(left))?;
            stream.read(buffer)
        })
    }

    pub(crate) fn write_all(self, mut stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let written = self.again(|left| {
                stream.set_write_timeout(Some(left))?;
                stream.write(bytes)
            })?;
            bytes = bytes.get(written..).unwrap_or_default();
        }
        Ok(())
    }

    fn again(self, mut what: impl FnMut(Duration) -> io::Result<usize>) -> io::Result<usize> {
        loop {
            match what(self.left()?) {
                Err(error) if is_interruption(&error) => {}
                result => return result,
            }
        }
    }
}

/// Whether an error is only that the system's shorter timeout is over, or that a signal
/// came.
fn is_interruption(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}
