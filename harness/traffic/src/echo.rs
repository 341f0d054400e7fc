//! A server that sends back what it gets.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use crate::deadline::Deadline;
use crate::loopback;
use crate::server::Server;
use crate::watched::{Unmet, Watched};

/// Who sends nothing, or takes nothing, for so long is hung up on.
const IDLE: Duration = Duration::from_secs(120);

const CHUNK: usize = 64 * 1024;

/// A server that sends back what it gets, until its peer has said all; it ends when
/// dropped.
#[derive(Debug)]
pub struct EchoServer {
    server: Server,
    counts: Arc<Watched<EchoCounts>>,
}

/// What came.
#[derive(Clone, Copy, Debug, Default)]
struct EchoCounts {
    connections: u64,
    bytes: u64,
}

impl EchoServer {
    /// Starts one on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// If the system has no port or no thread.
    pub fn start() -> io::Result<Self> {
        Self::listening((Ipv4Addr::LOCALHOST, 0).into())
    }

    /// Starts one at an address of loopback.
    ///
    /// # Errors
    /// If the address is not of loopback, or cannot be listened on.
    pub fn listening(address: SocketAddr) -> io::Result<Self> {
        let counts = Arc::new(Watched::<EchoCounts>::default());
        let counted = Arc::clone(&counts);
        let server = Server::start(address, "echo", move |stream, _| {
            counted.change(|counts| counts.connections += 1);
            // The peer has gone, or does not take what it sent.
            let _ = echo(stream, &counted);
        })?;
        Ok(Self { server, counts })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// A connection to it, without anything in between.
    ///
    /// # Errors
    /// What the system says.
    pub fn connect(&self) -> io::Result<TcpStream> {
        loopback::connect(self.address(), IDLE)
    }

    /// How many connections there have been.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.counts.lock().connections
    }

    /// How many bytes have come.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.counts.lock().bytes
    }

    /// Waits until so many bytes have come.
    ///
    /// # Errors
    /// If they do not come in time.
    pub fn wait_for_bytes(&self, bytes: u64, within: Duration) -> Result<(), Unmet> {
        let expected = format!("{bytes} bytes at the echo server");
        self.counts
            .wait_until(&expected, within, |counts| counts.bytes >= bytes)
    }
}

fn echo(stream: &TcpStream, counts: &Watched<EchoCounts>) -> io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let read = Deadline::after(IDLE).read(stream, &mut buffer)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(());
        }
        counts.change(|counts| counts.bytes += read as u64);
        Deadline::after(IDLE).write_all(stream, bytes)?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::Shutdown;

    use super::*;

    const WITHIN: Duration = Duration::from_secs(20);

    #[test]
    fn it_sends_back_what_it_gets() {
        let server = EchoServer::start().unwrap();
        let mut stream = server.connect().unwrap();
        stream.write_all(b"all of it").unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut back = Vec::new();
        stream.read_to_end(&mut back).unwrap();
        assert_eq!(back, b"all of it");
        assert_eq!((server.connections(), server.bytes()), (1, 9));
    }

    #[test]
    fn it_ends_with_its_value() {
        // An address of which nobody else takes a port.
        let address = (Ipv4Addr::new(127, 83, 1, 1), 0).into();
        let server = EchoServer::listening(address).unwrap();
        let address = server.address();
        let mut streams = [server.connect().unwrap(), server.connect().unwrap()];
        for stream in &mut streams {
            stream.write_all(b"x").unwrap();
        }
        server.wait_for_bytes(2, WITHIN).unwrap();
        drop(server);
        for stream in &mut streams {
            stream.set_read_timeout(Some(WITHIN)).unwrap();
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).unwrap();
        }
        let error = loopback::connect(address, WITHIN).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    }

    #[test]
    fn what_does_not_come_is_said() {
        let server = EchoServer::start().unwrap();
        let error = server.wait_for_bytes(1, Duration::ZERO).unwrap_err();
        assert_eq!(error.expected, "1 bytes at the echo server");
        assert_eq!(error.got, "EchoCounts { connections: 0, bytes: 0 }");
    }
}
