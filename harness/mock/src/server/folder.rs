//! The folder that a tor would have.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A folder for the mock alone, removed when dropped.
#[derive(Debug)]
pub(super) struct Folder {
    dir: TempDir,
}

impl Folder {
    /// A new folder, with `data` in it.
    pub(super) fn new() -> io::Result<Self> {
        let dir = tempfile::Builder::new()
            .prefix("tor-mock-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir()?;
        let folder = Self { dir };
        fs::create_dir(folder.file("data"))?;
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file that only its owner may read.
    pub(super) fn write(&self, name: &str, content: &[u8]) -> io::Result<PathBuf> {
        let path = self.file(name);
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        file.write_all(content)?;
        Ok(path)
    }
}
