//! Connections without sockets.

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;

use super::live::Live;
use super::service::Service as _;
use super::shared::Shared;
use crate::connection::ConnectionId;

/// A connection to a [`Mock`](crate::Mock) in the same process.
///
/// Reading gives [`io::ErrorKind::WouldBlock`] where nothing has come, and
/// the end where the mock has closed it.
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
pub struct MemoryConnection {
    id: ConnectionId,
    shared: Arc<Shared<Live>>,
    input: Vec<u8>,
    read: usize,
}

impl MemoryConnection {
    pub(super) fn new(shared: &Arc<Shared<Live>>) -> Self {
        Self {
            id: shared.act(Live::open),
            shared: Arc::clone(shared),
            input: Vec::new(),
            read: 0,
        }
    }
}

impl Read for MemoryConnection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.input.len() {
            let mut live = self.shared.lock();
            live.catch_up();
            self.input = live.take_output(self.id);
            self.read = 0;
            if self.input.is_empty() && live.is_reset(self.id) {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            if self.input.is_empty() && !live.is_closed(self.id) {
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
        self.shared.act(|live| {
            if live.is_closed(self.id) {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            live.receive(self.id, bytes);
            Ok(bytes.len())
        })
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
        self.shared.act(|live| live.close(self.id));
    }
}
