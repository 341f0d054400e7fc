//! A port with its folder: what a mock is, with sockets or without.

use std::fs;
use std::path::{Path, PathBuf};
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
    folder: Folder,
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
            folder,
        })
    }

    pub(super) fn share(&self) -> Arc<Mutex<ControlPort>> {
        Arc::clone(&self.port)
    }

    pub(super) fn port(&self) -> MutexGuard<'_, ControlPort> {
        lock(&self.port)
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
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

/// A port is whole between any two calls, whoever panicked in between.
pub(super) fn lock(port: &Mutex<ControlPort>) -> MutexGuard<'_, ControlPort> {
    port.lock().unwrap_or_else(PoisonError::into_inner)
}
