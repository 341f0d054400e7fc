//! Where documents go: standard output, or a file.

use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use tempfile::NamedTempFile;

use crate::stdout::went_on;

#[derive(Debug, Args)]
#[command(next_help_heading = "Where to")]
pub(super) struct Output {
    /// Write into this file, all or nothing, and not to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace what there is.
    #[arg(long)]
    pub(super) force: bool,
}

/// The names of the options, for those that make no sense with them.
pub(super) const NAMES: [&str; 1] = ["output"];

impl Output {
    /// Says early what cannot be written later.
    pub(super) fn check(&self) -> Result<()> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        let there = path.symlink_metadata();
        match there.map(|there| there.is_file()) {
            Ok(true) if self.force => Ok(()),
            Ok(true) => bail!(
                "{}: it is there already; --force replaces it",
                path.display()
            ),
            Ok(false) => bail!(
                "{}: expected the name of a file, and this is none",
                path.display()
            ),
            Err(_) => new_in(folder_of(path))
                .map(drop)
                .with_context(|| cannot_write(path)),
        }
    }

    /// Writes documents behind one another.
    pub(super) fn write(&self, documents: impl IntoIterator<Item = Result<Vec<u8>>>) -> Result<()> {
        match &self.output {
            Some(path) => self.write_file(path, documents),
            None => print(documents),
        }
    }

    fn write_file(
        &self,
        path: &Path,
        documents: impl IntoIterator<Item = Result<Vec<u8>>>,
    ) -> Result<()> {
        let cannot = || cannot_write(path);
        let mut file = new_in(folder_of(path)).with_context(cannot)?;
        for document in documents {
            // By itself it says where it is, which is nobody's matter.
            file.as_file_mut()
                .write_all(&document?)
                .with_context(cannot)?;
        }
        let written = match self.force {
            true => file.persist(path),
            false => file.persist_noclobber(path),
        };
        written
            .map(drop)
            .map_err(|error| error.error)
            .with_context(cannot)
    }
}

/// Prints documents as long as somebody reads them.
pub(super) fn print(documents: impl IntoIterator<Item = Result<Vec<u8>>>) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for document in documents {
        if !went_on(out.write_all(&document?))? {
            return Ok(());
        }
    }
    went_on(out.flush()).map(drop)
}

/// The folder that a path is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

pub(super) fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// A file that is gone unless it is kept, for whom the umask says.
fn new_in(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".tor-harness-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)
}
