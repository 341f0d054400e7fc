//! The folder of a mock: what a tor finds there, or leaves.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Component, Path, PathBuf};

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

    /// The folder itself.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file that has the cookie, where cookies authenticate.
    pub(super) fn cookie_file(&self) -> Option<&Path> {
        self.cookie_file.as_deref()
    }
}

/// Writes the files that a port has changed, those in its own folder: no other
/// is the mock's to write.
pub(super) fn write_changed(port: &mut ControlPort) {
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
