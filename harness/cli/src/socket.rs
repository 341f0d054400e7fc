//! Sockets, of TCP or of Unix.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

use anyhow::{Result, bail};
use tor_harness::types::Endpoint;
use tor_harness_scratch::Folder;

/// A socket that listens.
pub(crate) enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener),
}

impl Listener {
    pub(crate) fn open(endpoint: &Endpoint, folder: &mut Folder) -> Result<(Self, Endpoint)> {
        match endpoint {
            Endpoint::Tcp(address) if !address.ip().is_loopback() => {
                bail!(
                    "expected a loopback address (as 127.0.0.1:0): this is for this machine alone"
                )
            }
            Endpoint::Tcp(address) => {
                let listener = TcpListener::bind(address)?;
                let endpoint = Endpoint::Tcp(listener.local_addr()?);
                Ok((Self::Tcp(listener), endpoint))
            }
            Endpoint::Unix(path) => {
                // COMMAND may have another working directory.
                let path = std::path::absolute(Path::new(path))?;
                let listener = UnixListener::bind(&path)?;
                folder.owns_socket(&path)?;
                let endpoint = Endpoint::Unix(path.to_string_lossy().into_owned());
                Ok((Self::Unix(listener), endpoint))
            }
        }
    }

    pub(crate) fn accept(&self) -> io::Result<Stream> {
        match self {
            Self::Tcp(listener) => Stream::tcp(listener.accept()?.0),
            Self::Unix(listener) => Ok(Stream::Unix(listener.accept()?.0)),
        }
    }
}

/// A socket that is connected.
pub(crate) enum Stream {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Stream {
    pub(crate) fn connect(endpoint: &Endpoint) -> io::Result<Self> {
        match endpoint {
            Endpoint::Tcp(address) => Self::tcp(TcpStream::connect::<SocketAddr>(*address)?),
            Endpoint::Unix(path) => Ok(Self::Unix(UnixStream::connect(path)?)),
        }
    }

    fn tcp(stream: TcpStream) -> io::Result<Self> {
        // Replies are small, and are waited for.
        stream.set_nodelay(true)?;
        Ok(Self::Tcp(stream))
    }

    pub(crate) fn try_clone(&self) -> io::Result<Self> {
        match self {
            Self::Tcp(stream) => stream.try_clone().map(Self::Tcp),
            Self::Unix(stream) => stream.try_clone().map(Self::Unix),
        }
    }

    pub(crate) fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.shutdown(how),
            Self::Unix(stream) => stream.shutdown(how),
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
