//! Why a mock does not start, or not again.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use tor_harness_types::Endpoint;

use crate::script::ScriptError;

/// Why a mock does not start, or not again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MockError {
    /// Others could reach it.
    #[error(
        "expected a loopback address (as 127.0.0.1:0), got {0}: a mock is for this machine alone"
    )]
    NotLoopback(SocketAddr),
    /// A Unix socket's path at which there is something.
    #[error("expected a free path for the Unix socket, but {} exists", .0.display())]
    SocketExists(PathBuf),
    /// A Unix socket's path that the system does not take.
    #[error(
        "the Unix socket's path {} has {} bytes, the system allows {}; take a shorter one, \
         or set TMPDIR to one",
        .0.display(), .0.as_os_str().len(), Endpoint::LONGEST_PATH
    )]
    SocketPathTooLong(PathBuf),
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
    /// It cannot become what it was.
    #[error(
        "expected a tor that runs, but this one has ended, and nobody can connect to it: start another"
    )]
    Ended,
    /// The script is wrong.
    #[error(transparent)]
    Script(#[from] ScriptError),
}
