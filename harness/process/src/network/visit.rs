//! What a test sends through a node, one call each.

use std::time::Duration;

use tor_harness_traffic::{
    EchoServer, HttpError, Response, Socks5, SocksError, Target, TrafficCheck, TrafficError,
    TrafficReport, http_get_over,
};

use super::node::Node;
use crate::error::Error;

/// Why nothing, or something else, came through a node.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// There is no stream.
    #[error(transparent)]
    Socks(#[from] SocksError),
    /// There is no page.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The bytes did not come back.
    #[error(transparent)]
    Traffic(#[from] TrafficError),
}

impl Node {
    /// A client of its SOCKS port, as patient as the network's deadline says.
    ///
    /// # Errors
    /// If it has no SOCKS port.
    pub fn socks(&self) -> Result<Socks5, Error> {
        let address = self
            .socks_address()
            .ok_or_else(|| Error::NoSocks(self.nickname().to_owned()))?;
        let socks = Socks5::new(address.into()).map_err(Error::system("use a SOCKS port"))?;
        Ok(socks.within(self.tor().deadline()))
    }

    /// Fetches a page such as `/` through it.
    ///
    /// ```no_run
    /// use tor_harness_process::TestNetwork;
    /// use tor_harness_traffic::HttpServer;
    ///
    /// let server = HttpServer::serving("hello")?;
    /// let network = TestNetwork::start()?;
    /// let client = network.client().expect("it has one");
    /// assert_eq!(client.http_get(server.address(), "/")?.body, b"hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If it has no SOCKS port, or no page comes in time.
    pub fn http_get(&self, target: impl Into<Target>, path: &str) -> Result<Response, Error> {
        let (socks, target) = (self.socks()?, target.into());
        let response = page(&socks, &target, path, self.tor().deadline());
        response.map_err(|source| self.stream_failed(source))
    }

    /// Has bytes sent through it to a server behind an exit, which sends them back.
    ///
    /// # Errors
    /// If it has no SOCKS port, or not all bytes come back as they were sent, in time.
    pub fn check_traffic(&self, check: &TrafficCheck) -> Result<TrafficReport, Error> {
        let socks = self.socks()?;
        let echo = EchoServer::start().map_err(Error::system("start an echo server"))?;
        check
            .run(|_| socks.connect(echo.address()))
            .map_err(|source| self.stream_failed(source.into()))
    }

    fn stream_failed(&self, source: StreamError) -> Error {
        let (log, nodes) = self.evidence();
        Error::Stream {
            source: Box::new(source),
            log,
            nodes,
        }
        .of_node(self.nickname())
    }
}

/// Fetches a page by SOCKS.
pub(super) fn page(
    socks: &Socks5,
    target: &Target,
    path: &str,
    within: Duration,
) -> Result<Response, StreamError> {
    let stream = socks.connect(target.clone())?;
    Ok(http_get_over(&stream, &target.to_string(), path, within)?)
}
