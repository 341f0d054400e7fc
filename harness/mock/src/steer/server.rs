//! Where programs connect to steer.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use tor_harness_scratch::Folder;
use tor_harness_types::{Endpoint, Listen};

use super::steering::Steering;
use super::worlds::Worlds;
use crate::connection::ConnectionId;
use crate::server::{MockError, Running, Service, listen};

/// A socket at which any number of programs may steer worlds at once; one
/// thread serves them.
///
/// Dropped, it closes every connection, and the worlds that end with those; the
/// others stay.
#[derive(Debug)]
pub struct SteeringServer {
    endpoint: Endpoint,
    _running: Running<Clients>,
    _folder: Folder,
}

impl SteeringServer {
    /// Listens. A Unix socket is for this user alone; on a TCP port, which has
    /// to be a loopback one, every user of this machine may steer.
    ///
    /// # Errors
    /// If it cannot listen there.
    pub fn start(at: impl Into<Listen>, worlds: &Worlds) -> Result<Self, MockError> {
        let mut folder = Folder::create().map_err(MockError::Folder)?;
        let (listener, endpoint, _) = listen(&at.into(), &mut folder)?;
        let clients = Clients {
            worlds: worlds.clone(),
            last: 0,
            clients: BTreeMap::new(),
        };
        Ok(Self {
            endpoint,
            _running: Running::start(clients, listener, "tor-mock-steer")
                .map_err(MockError::Loop)?,
            _folder: folder,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }
}

/// All connections that steer.
#[derive(Debug)]
struct Clients {
    worlds: Worlds,
    last: u64,
    clients: BTreeMap<ConnectionId, Steering>,
}

impl Service for Clients {
    fn open(&mut self, _: Option<SocketAddr>) -> ConnectionId {
        self.last += 1;
        let id = ConnectionId(self.last);
        self.clients.insert(id, Steering::new(&self.worlds));
        id
    }

    fn receive(&mut self, id: ConnectionId, bytes: &[u8]) {
        if let Some(steering) = self.clients.get_mut(&id) {
            steering.receive(bytes);
        }
    }

    fn take_output(&mut self, id: ConnectionId) -> Vec<u8> {
        self.clients
            .get_mut(&id)
            .map(Steering::take_output)
            .unwrap_or_default()
    }

    fn waiting(&self, id: ConnectionId) -> usize {
        self.clients.get(&id).map_or(0, Steering::waiting)
    }

    fn is_busy(&self, id: ConnectionId) -> bool {
        self.clients.get(&id).is_some_and(Steering::is_busy)
    }

    fn is_closed(&self, id: ConnectionId) -> bool {
        self.clients.get(&id).is_none_or(Steering::is_closed)
    }

    fn close(&mut self, id: ConnectionId) {
        self.clients.remove(&id);
    }
}
