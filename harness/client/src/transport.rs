//! What carries the bytes between a controller and a control port.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// A stream of bytes both ways, whose reads and writes can be bounded in time.
///
/// A read beyond its time gives [`io::ErrorKind::WouldBlock`] or
/// [`io::ErrorKind::TimedOut`].
pub trait Transport: Read + Write + Send {
    /// Bounds each read and write to come; the time is never zero.
    ///
    /// # Errors
    /// If the operating system refuses.
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()>;
}

impl Transport for TcpStream {
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(timeout))?;
        self.set_write_timeout(Some(timeout))
    }
}

impl Transport for UnixStream {
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(timeout))?;
        self.set_write_timeout(Some(timeout))
    }
}

pub(crate) fn tcp(address: &SocketAddr, timeout: Duration) -> io::Result<Box<dyn Transport>> {
    let stream = TcpStream::connect_timeout(address, timeout)?;
    // Commands are small, and the answer to each is waited for.
    stream.set_nodelay(true)?;
    Ok(Box::new(stream))
}

pub(crate) fn unix(path: &str) -> io::Result<Box<dyn Transport>> {
    Ok(Box::new(UnixStream::connect(path)?))
}
