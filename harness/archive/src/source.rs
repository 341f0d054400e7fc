//! Where archives are read from.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::ArchiveProblem;
use crate::layer::Layer;
use crate::progress::Progress;
use crate::unpack::{Gone, Unpacker};

/// Where something is read from.
pub(crate) enum Source {
    /// A file, or a folder with all that is in it.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// Anything else, with the name that places in it get.
    Reader(String, Box<dyn Read + Send>),
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Stdin => f.write_str("-"),
            Self::Reader(name, _) => f.write_str(name),
        }
    }
}

impl Source {
    /// How many bytes it has, if that is known without reading it.
    pub(crate) fn size(&self) -> Option<u64> {
        let Self::Path(path) = self else {
            return None;
        };
        let metadata = fs::metadata(path).ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// Reads all of it.
    pub(crate) fn read(self, unpacker: &mut Unpacker<'_>) -> Result<(), Gone> {
        match self {
            Self::Path(path) if path.is_dir() => folder(&path, unpacker),
            Self::Path(path) => file(&path, unpacker),
            Self::Stdin => stream("-", io::stdin().lock(), unpacker),
            Self::Reader(name, reader) => stream(&name, reader, unpacker),
        }
    }
}

fn file(path: &Path, unpacker: &mut Unpacker<'_>) -> Result<(), Gone> {
    let name = path.to_string_lossy();
    match File::open(path) {
        Ok(file) => stream(&name, file, unpacker),
        Err(error) => unpacker.unreadable(&name, error),
    }
}

/// Reads the files in a folder, by name; folders in it are read in their place.
/// Links to folders are not followed; what is no file might never end.
fn folder(path: &Path, unpacker: &mut Unpacker<'_>) -> Result<(), Gone> {
    let entries = fs::read_dir(path).and_then(|entries| {
        entries
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<Vec<_>>>()
    });
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return unpacker.unreadable(&path.to_string_lossy(), error),
    };
    entries.sort();
    for entry in entries {
        match fs::metadata(&entry) {
            Ok(it) if it.is_dir() && entry.is_symlink() => {}
            Ok(it) if it.is_dir() => folder(&entry, unpacker)?,
            Ok(it) if !it.is_file() => {
                unpacker.failed(&entry.to_string_lossy(), None, ArchiveProblem::NoFile)?;
            }
            // What cannot be opened says why.
            _ => file(&entry, unpacker)?,
        }
    }
    Ok(())
}

fn stream(name: &str, reader: impl Read, unpacker: &mut Unpacker<'_>) -> Result<(), Gone> {
    let counted = Counted {
        inner: reader,
        progress: unpacker.progress.clone(),
    };
    unpacker.unpack(name, &mut Layer::new("a file that can be read", counted))
}

/// A reader whose bytes are counted.
struct Counted<R> {
    inner: R,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.progress.add_read(count);
        Ok(count)
    }
}
