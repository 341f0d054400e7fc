//! The folder of a mock: what a tor finds there, or leaves.

use std::io;
use std::path::{Path, PathBuf};

use tor_harness_scratch::Folder;

use crate::port::ControlPort;

const COOKIE_FILE: &str = "data/control_auth_cookie";

/// A mock's folder, removed when dropped.
#[derive(Debug)]
pub(super) struct Files {
    folder: Folder,
    cookie_file: Option<PathBuf>,
}

impl Files {
    /// Writes what a port that is about to open has.
    pub(super) fn new(folder: Folder, port: &ControlPort) -> io::Result<Self> {
        std::fs::create_dir(folder.path().join("data"))?;
        let cookie_file = port.cookie().map(|_| folder.path().join(COOKIE_FILE));
        let files = Self {
            folder,
            cookie_file,
        };
        files.write(port)?;
        Ok(files)
    }

    /// Writes it again, as it was.
    pub(super) fn write(&self, port: &ControlPort) -> io::Result<()> {
        self.folder.write("torrc", &port.torrc())?;
        self.folder.write("defaults-torrc", b"")?;
        if let Some(cookie) = port.cookie() {
            self.folder.write(COOKIE_FILE, cookie)?;
        }
        Ok(())
    }

    /// The file that has the cookie, where cookies authenticate.
    pub(super) fn cookie_file(&self) -> Option<&Path> {
        self.cookie_file.as_deref()
    }
}
