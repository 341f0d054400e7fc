//! The port of the harness for directories: from there relays fetch.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tor_harness_testnet::{DirectoryCache, Documents};
use tor_harness_traffic::HttpServer;

use crate::error::Error;

/// Serves the documents of a network while it runs.
#[derive(Debug)]
pub(super) struct DirectoryServer {
    server: HttpServer,
    cache: Arc<Mutex<DirectoryCache>>,
}

impl DirectoryServer {
    /// Serves these.
    pub(super) fn start(documents: &Documents) -> Result<Self, Error> {
        let cache = Arc::new(Mutex::new(DirectoryCache::new(documents)));
        let served = Arc::clone(&cache);
        let any_port = (Ipv4Addr::LOCALHOST, 0).into();
        let server =
            HttpServer::answering(any_port, move |request| lock(&served).get(&request.target));
        let server = server.map_err(Error::system("serve the network's documents"))?;
        Ok(Self { server, cache })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Serves others from now on.
    pub(super) fn serve(&self, documents: &Documents) {
        let cache = DirectoryCache::new(documents);
        *lock(&self.cache) = cache;
    }
}

fn lock(cache: &Mutex<DirectoryCache>) -> MutexGuard<'_, DirectoryCache> {
    cache.lock().unwrap_or_else(PoisonError::into_inner)
}
