//! Sockets, whether TCP or Unix.

use std::fs::{self, Permissions};
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::os::fd::{AsFd, AsRawFd as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use mio::event::Source;
use mio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use nix::sys::socket::{self, AddressFamily, Backlog, SockFlag, SockType, UnixAddr, sockopt};
use tor_harness_types::Endpoint;

/// A socket that is listened on; nothing here blocks.
#[derive(Debug)]
pub(crate) enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener),
}

impl Listener {
    /// Listens on a TCP address; port 0 lets the system choose.
    pub(super) fn tcp(address: SocketAddr) -> io::Result<(Self, Endpoint)> {
        let listener = TcpListener::bind(address)?;
        queue_many(&listener)?;
        let endpoint = Endpoint::Tcp(listener.local_addr()?);
        Ok((Self::Tcp(listener), endpoint))
    }

    /// Listens on a path where nothing is yet, for this user alone.
    pub(super) fn unix(path: &Path) -> io::Result<Self> {
        let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
        let socket = socket::socket(AddressFamily::Unix, SockType::Stream, flags, None)?;
        socket::bind(socket.as_raw_fd(), &UnixAddr::new(path)?)?;
        // Nobody can connect before it listens.
        fs::set_permissions(path, Permissions::from_mode(0o600))?;
        queue_many(&socket)?;
        Ok(Self::Unix(UnixListener::from_std(socket.into())))
    }

    /// The next connection that waits, and its address, if it has one.
    pub(super) fn accept(&self) -> io::Result<(Stream, Option<SocketAddr>)> {
        match self {
            Self::Tcp(listener) => {
                let (stream, peer) = listener.accept()?;
                // Replies are small, and are waited for.
                stream.set_nodelay(true)?;
                Ok((Stream::Tcp(stream), Some(peer)))
            }
            Self::Unix(listener) => Ok((Stream::Unix(listener.accept()?.0), None)),
        }
    }

    pub(super) fn source(&mut self) -> &mut dyn Source {
        match self {
            Self::Tcp(listener) => listener,
            Self::Unix(listener) => listener,
        }
    }
}

/// Lets as many wait to be accepted as the system allows: beyond the usual 128
/// a burst of connections would wait for a second.
fn queue_many(listener: &impl AsFd) -> io::Result<()> {
    Ok(socket::listen(listener, Backlog::MAXCONN)?)
}

/// A connected socket; nothing here blocks.
#[derive(Debug)]
pub(super) enum Stream {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Stream {
    pub(super) fn source(&mut self) -> &mut dyn Source {
        match self {
            Self::Tcp(stream) => stream,
            Self::Unix(stream) => stream,
        }
    }

    /// Closes it so that the other side sees a reset; a Unix socket knows none.
    pub(super) fn reset(self) {
        if let Self::Tcp(stream) = &self {
            let at_once = nix::libc::linger {
                l_onoff: 1,
                l_linger: 0,
            };
            let _ = socket::setsockopt(stream, sockopt::Linger, &at_once);
        }
    }

    /// Sends no more, and takes what has come: a socket that is closed with
    /// bytes unread takes back what it has sent last.
    pub(super) fn finish(mut self) {
        let _ = match &self {
            Self::Tcp(stream) => stream.shutdown(Shutdown::Write),
            Self::Unix(stream) => stream.shutdown(Shutdown::Write),
        };
        let mut buffer = [0; 4096];
        for _ in 0..64 {
            if !matches!(self.read(&mut buffer), Ok(1..)) {
                break;
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.read(buffer),
            Self::Unix(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(bytes),
            Self::Unix(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
