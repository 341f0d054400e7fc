//! A real tor as one of the two sides.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use tor_harness::client::Client;
use tor_harness::control::auth::AuthConfig;
use tor_harness::process::Tor;
use tor_harness::types::{Endpoint, Listen};

use super::peer::{Came, Own, Peer};

/// More than this at once, in bytes, and there may be more to come that tor could not
/// write yet. Less can always come where somebody hears of DEBUG.
const MUCH: usize = 1 << 16;

/// How long to wait for the end of a tor that ends.
const DEADLINE: Duration = Duration::from_secs(20);

pub(super) struct Real {
    /// Those that have not hung up.
    connections: Vec<Option<Connection>>,
    /// Asked to learn that tor has done everything that was sent before; gone where
    /// tor has ended.
    pacemaker: Option<Client>,
    own: Own,
    tor: Tor,
}

struct Connection {
    stream: UnixStream,
    closed: bool,
}

impl Real {
    pub(super) fn start(auth: &AuthConfig) -> Result<Self> {
        let tor = Tor::builder()
            .listen(Listen::Unix)
            .auth(auth.clone())
            .deadline(DEADLINE)
            .start()?;
        let mut own = Own::read(tor.folder(), tor.cookie_file())?;
        let mut pacemaker = tor.client()?;
        let file = pacemaker.get_info("config-file")?;
        // SAVECONF writes it.
        ensure!(
            Path::new(&file).starts_with(tor.folder()),
            "expected config-file in tor's own folder, got {file}"
        );
        own.torrc = pacemaker.get_info("config-text")?;
        Ok(Self {
            connections: Vec::new(),
            own,
            pacemaker: Some(pacemaker),
            tor,
        })
    }

    fn open(&self) -> Result<Connection> {
        let Endpoint::Unix(path) = self.tor.endpoint() else {
            unreachable!("it was told to listen on a Unix socket")
        };
        let stream = UnixStream::connect(path);
        let closed = stream.is_err();
        // Once tor has ended, any closed socket will do.
        let stream = stream.or_else(|_| UnixStream::pair().map(|(one, _)| one))?;
        stream.set_nonblocking(true)?;
        Ok(Connection { stream, closed })
    }

    /// Makes sure that tor has read, and done, all that was sent before: it may read
    /// from two connections in any order in one round, but not in two.
    fn settle(&mut self) -> Result<()> {
        let Some(client) = &mut self.pacemaker else {
            return Ok(());
        };
        for _ in 0..2 {
            if client.get_info("version").is_err() {
                // It ends, or has crashed; the others see the end of their connections.
                self.pacemaker = None;
                for connection in self.connections.iter().flatten() {
                    connection.stream.set_nonblocking(false)?;
                    connection.stream.set_read_timeout(Some(DEADLINE))?;
                }
                break;
            }
        }
        Ok(())
    }
}

impl Peer for Real {
    fn own(&self) -> &Own {
        &self.own
    }

    fn send(&mut self, connection: usize, bytes: &[u8]) -> Result<()> {
        while self.connections.len() <= connection {
            self.connections.push(None);
        }
        let mut open = match self.connections[connection].take() {
            Some(open) => open,
            None => self.open()?,
        };
        let mut rest = bytes;
        while !rest.is_empty() {
            match open.stream.write(rest) {
                Ok(length) => rest = &rest[length..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.settle()?,
                Err(_) => break,
            }
        }
        self.connections[connection] = Some(open);
        Ok(())
    }

    fn hang_up(&mut self, connection: usize) -> Result<()> {
        if let Some(open) = self.connections.get_mut(connection) {
            *open = None;
        }
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<Came>> {
        let mut all = vec![Came::default(); self.connections.len()];
        // What tor queues in one round it writes in the next.
        let mut rounds = 2;
        while rounds > 0 {
            self.settle()?;
            rounds -= 1;
            for (connection, came) in self.connections.iter_mut().zip(&mut all) {
                let Some(connection) = connection else {
                    continue;
                };
                if connection.read(&mut came.bytes)? > MUCH {
                    rounds = 1;
                }
                came.closed = connection.closed;
            }
        }
        Ok(all)
    }
}

impl Connection {
    /// Adds what has come; how much that is.
    fn read(&mut self, bytes: &mut Vec<u8>) -> Result<usize> {
        let before = bytes.len();
        while !self.closed {
            let mut buffer = [0; 1 << 16];
            match self.stream.read(&mut buffer) {
                Ok(0) => self.closed = true,
                Ok(length) => bytes.extend_from_slice(&buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.closed = true,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(bytes.len() - before)
    }
}
