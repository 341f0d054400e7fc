//! Why a mock does not start.

use std::io;
use std::net::SocketAddr;

use tor_harness_types::Endpoint;

use crate::script::ScriptError;

/// Why a mock does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MockError {
    /// Others could reach it.
    #[error(
        "expected a loopback address (as 127.0.0.1:0), got {0}: a mock is for this machine alone"
    )]
    NotLoopback(SocketAddr),
    /// It cannot listen there.
    #[error("cannot listen on {endpoint}: {source}")]
    Listen {
        /// Where.
        endpoint: Endpoint,
        /// Why.
        source: io::Error,
    },
    /// Its folder, or a file in it, cannot be made.
    #[error("cannot make the mock's folder: {0}")]
    Folder(#[source] io::Error),
    /// The system gives no event queue, or no thread.
    #[error("cannot start the mock's event loop: {0}")]
    Loop(#[source] io::Error),
    /// The script is wrong.
    #[error(transparent)]
    Script(#[from] ScriptError),
}
