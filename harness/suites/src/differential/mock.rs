//! The mock as the other of the two sides.

use std::fs;
use std::io::{self, Read as _, Write as _};

use anyhow::Result;
use tor_harness::control::auth::AuthConfig;
use tor_harness::mock::{MemoryConnection, Mock};

use super::peer::{Came, Peer};

pub(super) struct Mocked {
    mock: Mock,
    connections: Vec<MemoryConnection>,
    folder: String,
    cookie: String,
}

impl Mocked {
    pub(super) fn start(auth: &AuthConfig) -> Result<Self> {
        let mock = Mock::builder().auth(auth.clone()).in_memory()?;
        let cookie = match mock.cookie_file() {
            Some(path) => fs::read(path)?
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            None => String::new(),
        };
        let folder = mock.folder().to_string_lossy().into_owned();
        Ok(Self {
            mock,
            connections: Vec::new(),
            folder,
            cookie,
        })
    }
}

impl Peer for Mocked {
    fn folder(&self) -> &str {
        &self.folder
    }

    fn cookie(&self) -> &str {
        &self.cookie
    }

    fn send(&mut self, connection: usize, bytes: &[u8]) -> Result<()> {
        while self.connections.len() <= connection {
            self.connections.push(self.mock.connect());
        }
        // As with a socket, what is sent to a closed connection is lost.
        let _ = self.connections[connection].write_all(bytes);
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<Came>> {
        self.connections
            .iter_mut()
            .map(|connection| {
                let mut came = Came::default();
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
