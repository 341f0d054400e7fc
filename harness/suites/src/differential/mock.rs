//! The mock as the other of the two sides.

use std::io::{self, Read as _, Write as _};

use anyhow::{Context as _, Result};
use tor_harness::control::Decoder;
use tor_harness::control::auth::AuthConfig;
use tor_harness::control::reply::GetInfoReply;
use tor_harness::mock::{MemoryConnection, Mock};

use super::peer::{Came, Own, Peer};
use super::script::Step;

pub(super) struct Mocked {
    mock: Mock,
    /// Those that have not hung up.
    connections: Vec<Option<MemoryConnection>>,
    /// Where a real tor has its pacemaker: connections are numbered alike.
    pacemaker: MemoryConnection,
    own: Own,
}

impl Mocked {
    pub(super) fn start(auth: &AuthConfig) -> Result<Self> {
        let mock = Mock::builder().auth(auth.clone()).in_memory()?;
        let own = Own::read(mock.folder(), mock.cookie_file())?;
        // A real tor is connected to once to see that it is there.
        drop(mock.connect());
        let pacemaker = mock.connect();
        let mut this = Self {
            mock,
            connections: Vec::new(),
            pacemaker,
            own,
        };
        this.own.torrc = this.config_text(auth)?;
        Ok(this)
    }

    fn config_text(&mut self, auth: &AuthConfig) -> Result<String> {
        let let_in = Step::let_in(0, auth).bytes.unwrap_or_default();
        let let_in = String::from_utf8_lossy(&let_in).replace("{cookie}", &self.own.cookie);
        write!(self.pacemaker, "{let_in}GETINFO config-text\r\n")?;
        let mut decoder = Decoder::new();
        let mut buffer = [0; 1 << 12];
        let length = self.pacemaker.read(&mut buffer)?;
        decoder.push(&buffer[..length]);
        decoder.next()?.context("expected to be let in")?;
        let message = decoder.next()?.context("expected config-text")?;
        let text = GetInfoReply::parse(&message)?.value("config-text");
        let text = text.context("expected config-text")?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

impl Peer for Mocked {
    fn own(&self) -> &Own {
        &self.own
    }

    fn send(&mut self, connection: usize, bytes: &[u8]) -> Result<()> {
        while self.connections.len() <= connection {
            self.connections.push(None);
        }
        let mock = &self.mock;
        let connection = self.connections[connection].get_or_insert_with(|| mock.connect());
        // As with a socket, what is sent to a closed connection is lost.
        let _ = connection.write_all(bytes);
        Ok(())
    }

    fn hang_up(&mut self, connection: usize) -> Result<()> {
        if let Some(open) = self.connections.get_mut(connection) {
            *open = None;
        }
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<Came>> {
        self.connections
            .iter_mut()
            .map(|connection| {
                let mut came = Came::default();
                let Some(connection) = connection else {
                    return Ok(came);
                };
                match connection.read_to_end(&mut came.bytes) {
                    Ok(_) => came.closed = true,
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    Err(error) => return Err(error.into()),
                }
                Ok(came)
            })
            .collect()
    }
}
