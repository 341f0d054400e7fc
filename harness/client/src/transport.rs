//! What carries the bytes to a control port, then back.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::mpsc;
use std::thread;
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

/// Connects on a thread of its own: where the socket's queue is full, the
/// system lets nobody say for how long to wait.
pub(crate) fn unix(path: &str, timeout: Duration) -> io::Result<Box<dyn Transport>> {
    let (sender, receiver) = mpsc::channel();
    let path = path.to_owned();
    thread::spawn(move || sender.send(UnixStream::connect(path)));
    let stream = receiver.recv_timeout(timeout);
    Ok(Box::new(
        stream.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??,
    ))
}
