//! Where a mock listens, as it was told.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use tor_harness_scratch::Folder;
use tor_harness_types::{Endpoint, Listen};

use super::error::MockError;
use super::socket::Listener;

/// A listener, where it listens, and `ControlPort` as torrc would have it.
///
/// A Unix socket goes with the folder.
pub(crate) fn listen(
    listen: &Listen,
    folder: &mut Folder,
) -> Result<(Listener, Endpoint, String), MockError> {
    match listen {
        Listen::Tcp => open_tcp(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        Listen::Unix => open_unix(&folder.path().join("control"), folder),
        Listen::At(Endpoint::Tcp(address)) => open_tcp(*address),
        Listen::At(Endpoint::Unix(path)) => open_unix(Path::new(path), folder),
    }
}

fn open_tcp(address: SocketAddr) -> Result<(Listener, Endpoint, String), MockError> {
    if !address.ip().is_loopback() {
        return Err(MockError::NotLoopback(address));
    }
    let told = Endpoint::Tcp(address);
    let control_port = told.torrc_value();
    let (listener, endpoint) = Listener::tcp(address).map_err(cannot_listen(told))?;
    Ok((listener, endpoint, control_port))
}

fn open_unix(path: &Path, folder: &mut Folder) -> Result<(Listener, Endpoint, String), MockError> {
    let named = |path: &Path| Endpoint::Unix(path.to_string_lossy().into_owned());
    // Whoever reads the path may have another working directory.
    let path = &std::path::absolute(path).map_err(cannot_listen(named(path)))?;
    if path.symlink_metadata().is_ok() {
        return Err(MockError::SocketExists(path.clone()));
    }
    if path.as_os_str().len() > Endpoint::LONGEST_PATH {
        return Err(MockError::SocketPathTooLong(path.clone()));
    }
    let endpoint = named(path);
    let listener = Listener::unix(path).map_err(cannot_listen(endpoint.clone()))?;
    folder.owns_socket(path).map_err(MockError::Folder)?;
    let control_port = endpoint.to_string();
    Ok((listener, endpoint, control_port))
}

fn cannot_listen(endpoint: Endpoint) -> impl FnOnce(io::Error) -> MockError {
    |source| MockError::Listen { endpoint, source }
}
