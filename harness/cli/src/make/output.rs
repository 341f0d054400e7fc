//! Where documents go: standard output, or a file.

use std::borrow::Cow;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use super::unfinished;
use crate::stdout::{is_read, went_on};

#[derive(Debug, Args)]
#[command(next_help_heading = "Where to")]
pub(super) struct Output {
    /// Write into this file, all or nothing, and not to standard output, which is -; into a pipe or a
    /// device as it is made.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace what there is.
    #[arg(long)]
    pub(super) force: bool,
}

/// The names of the options, for those that make no sense with them.
pub(super) const NAMES: [&str; 1] = ["output"];

/// Who may read a file: whom the umask lets, or this user alone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Readers {
    All,
    Owner,
}

/// What the name of a file leads to.
enum Target<'p> {
    Stdout,
    /// A file that may be replaced, or that is to be.
    File(Cow<'p, Path>),
    /// A pipe or a device, which stays what it is.
    Special(&'p Path),
}

impl Output {
    /// Says early what cannot be written later.
    pub(super) fn check(&self) -> Result<()> {
        match self.target()? {
            Target::File(path) => {
                unfinished::check(folder_of(&path)).with_context(|| cannot_write(&path))
            }
            Target::Stdout | Target::Special(_) => Ok(()),
        }
    }

    /// Writes documents behind one another.
    pub(super) fn write(
        &self,
        readers: Readers,
        documents: impl IntoIterator<Item = Result<Vec<u8>>>,
    ) -> Result<()> {
        match self.target()? {
            Target::Stdout => print(io::stdout().lock(), documents, went_on),
            Target::File(path) => self.write_file(&path, readers, documents),
            Target::Special(path) => {
                let cannot = || cannot_write(path);
                let out = OpenOptions::new().write(true).open(path);
                print(out.with_context(cannot)?, documents, |printed| {
                    is_read(printed).with_context(cannot)
                })
            }
        }
    }

    fn target(&self) -> Result<Target<'_>> {
        let path = match &self.output {
            Some(path)
                if ["-", "/dev/stdout"]
                    .iter()
                    .all(|name| path != Path::new(name)) =>
            {
                path
            }
            _ => return Ok(Target::Stdout),
        };
        let name = path.display();
        match path.metadata() {
            Ok(there) if there.is_dir() => {
                bail!("{name}: expected the name of a file, and this is none")
            }
            Ok(there) if !there.is_file() => Ok(Target::Special(path)),
            Ok(_) if !self.force => bail!("{name}: it is there already; --force replaces it"),
            Ok(_) if path.is_symlink() => {
                let path = path.canonicalize().with_context(|| cannot_write(path))?;
                Ok(Target::File(path.into()))
            }
            Err(_) if path.is_symlink() => {
                bail!("{name}: expected the name of a file, and this is a link to none")
            }
            _ => Ok(Target::File(path.into())),
        }
    }

    fn write_file(
        &self,
        path: &Path,
        readers: Readers,
        documents: impl IntoIterator<Item = Result<Vec<u8>>>,
    ) -> Result<()> {
        let cannot = || cannot_write(path);
        let mode = match readers {
            Readers::All => 0o666,
            Readers::Owner => 0o600,
        };
        let mut file = unfinished::file(folder_of(path), mode).with_context(cannot)?;
        for document in documents {
            // By itself it says where it is, which is nobody's matter.
            file.as_file_mut()
                .write_all(&document?)
                .with_context(cannot)?;
        }
        unfinished::finish(|| {
            let written = match self.force {
                true => file.persist(path),
                false => file.persist_noclobber(path),
            };
            written
                .map(drop)
                .map_err(|error| error.error)
                .with_context(cannot)
        })
    }
}

/// Prints documents as long as somebody reads them.
fn print(
    out: impl Write,
    documents: impl IntoIterator<Item = Result<Vec<u8>>>,
    went_on: impl Fn(io::Result<()>) -> Result<bool>,
) -> Result<()> {
    let mut out = io::BufWriter::new(out);
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
