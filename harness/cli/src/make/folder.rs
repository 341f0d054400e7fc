//! A folder that is written whole, or not at all.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result, bail};
use signal_hook::consts::{SIGINT, SIGTERM};
use tempfile::TempDir;
use tor_harness::testnet::File;

use super::output::{cannot_write, folder_of};

/// A folder that is to be: what is written into it stands beside it until all is there. Files are
/// for this user alone, as tor wants its keys.
pub(super) struct Folder {
    path: PathBuf,
    staging: TempDir,
    /// Whether there was a folder already, into which all goes.
    is_there: bool,
    /// The paths of the files.
    written: Vec<String>,
    interrupted: Arc<AtomicBool>,
}

impl Folder {
    /// Says early what cannot be written later: a folder with something in it is only written into
    /// if it is to be by `force`, and then only files of the same name are replaced.
    pub(super) fn check(path: &Path, force: bool) -> Result<()> {
        let is_empty = match fs::read_dir(path) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == ErrorKind::NotFound => true,
            Err(error) => return Err(error).with_context(|| cannot_write(path)),
        };
        if !is_empty && !force {
            let path = path.display();
            bail!(
                "{path}: expected a new or an empty folder; --force replaces files of the same name in this one"
            );
        }
        staging(path).map(drop).with_context(|| cannot_write(path))
    }

    /// Begins a folder. From here on an interrupt is an error of [`Folder::write`].
    pub(super) fn create(path: &Path, force: bool) -> Result<Self> {
        Self::check(path, force)?;
        let interrupted = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, interrupted.clone())?;
        }
        Ok(Self {
            path: path.into(),
            staging: staging(path).with_context(|| cannot_write(path))?,
            is_there: path.is_dir(),
            written: Vec::new(),
            interrupted,
        })
    }

    /// Writes a file into it, and the folders that this one is in.
    pub(super) fn write(&mut self, File { path, bytes }: File) -> Result<()> {
        if self.interrupted.load(Ordering::Relaxed) {
            bail!("interrupted: nothing is written");
        }
        let place = self.path.join(&path);
        let cannot = || cannot_write(&place);
        match place.symlink_metadata() {
            Ok(there) if there.is_dir() => bail!(
                "{}: expected the name of a file, and this is a folder",
                place.display()
            ),
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(cannot);
            }
            _ => {}
        }
        let staged = self.staging.path().join(&path);
        let created = create_folder_of(&staged).and_then(|()| create(&staged));
        created
            .and_then(|mut file| file.write_all(&bytes))
            .with_context(cannot)?;
        self.written.push(path);
        Ok(())
    }

    /// Puts all in its place.
    pub(super) fn finish(self) -> Result<()> {
        if !self.is_there {
            fs::rename(self.staging.path(), &self.path)
                .with_context(|| cannot_write(&self.path))?;
            // It has another name now.
            let _ = self.staging.keep();
            return Ok(());
        }
        for path in &self.written {
            let place = self.path.join(path);
            create_folder_of(&place)
                .and_then(|()| fs::rename(self.staging.path().join(path), &place))
                .with_context(|| cannot_write(&place))?;
        }
        Ok(())
    }
}

/// A folder on the same file system, gone unless it is kept.
fn staging(path: &Path) -> io::Result<TempDir> {
    let folder = match path.is_dir() {
        true => path,
        false => folder_of(path),
    };
    tempfile::Builder::new()
        .prefix(".tor-harness-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(folder)
}

fn create_folder_of(path: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder_of(path))
}

fn create(path: &Path) -> io::Result<fs::File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}
