//! A port with its folder: what a mock is, with sockets or without.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tor_harness_scratch::Folder;
use tor_harness_types::Endpoint;

use super::error::MockError;
use crate::port::ControlPort;
use crate::script::Unmet;

/// A port, shared with whatever moves its bytes, and its folder.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) endpoint: Endpoint,
    port: Arc<Mutex<ControlPort>>,
    cookie_file: Option<PathBuf>,
    /// Somebody has asked, and knows.
    reported: AtomicBool,
    _folder: Folder,
}

impl Stage {
    /// Writes the files of a port that is about to open.
    pub(super) fn new(
        port: ControlPort,
        folder: Folder,
        endpoint: Endpoint,
    ) -> Result<Self, MockError> {
        let files = || {
            folder.write("torrc", &port.torrc())?;
            folder.write("defaults-torrc", b"")?;
            fs::create_dir(folder.path().join("data"))?;
            let cookie = port.cookie();
            cookie
                .map(|cookie| folder.write("data/control_auth_cookie", cookie))
                .transpose()
        };
        let cookie_file = files().map_err(MockError::Folder)?;
        Ok(Self {
            endpoint,
            port: Arc::new(Mutex::new(port)),
            cookie_file,
            reported: AtomicBool::new(false),
            _folder: folder,
        })
    }

    pub(super) fn share(&self) -> Arc<Mutex<ControlPort>> {
        Arc::clone(&self.port)
    }

    pub(super) fn port(&self) -> MutexGuard<'_, ControlPort> {
        lock(&self.port)
    }

    pub(super) fn cookie_file(&self) -> Option<&Path> {
        self.cookie_file.as_deref()
    }

    pub(super) fn verify(&self) -> Result<(), Unmet> {
        let result = self.port().verify();
        if result.is_err() {
            self.reported.store(true, Ordering::Relaxed);
        }
        result
    }

    /// Panics with the report, if there is one that nobody knows of.
    pub(super) fn verify_at_end(&self) {
        if std::thread::panicking() || self.reported.load(Ordering::Relaxed) {
            return;
        }
        if let Err(unmet) = self.verify() {
            panic!("{unmet}");
        }
    }
}

/// Writes the files that the port has changed, those in its own folder: no
/// other is the mock's to write.
pub(super) fn write_files(port: &mut ControlPort) {
    for (path, content) in port.take_files() {
        let path = Path::new(&path);
        let goes_up = path.components().any(|part| part == Component::ParentDir);
        if path.starts_with(port.folder()) && !goes_up {
            // Whoever reads the file sees that it is not there.
            let _ = write_secret(path, &content);
        }
    }
}

/// Writes a file that only this user can read.
fn write_secret(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path)?.write_all(content)
}

/// A port is whole between any two calls, whoever panicked in between.
pub(super) fn lock(port: &Mutex<ControlPort>) -> MutexGuard<'_, ControlPort> {
    port.lock().unwrap_or_else(PoisonError::into_inner)
}
