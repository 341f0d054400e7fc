//! A folder that is written whole, or not at all; one with something in it, file by file.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;
use tor_harness::testnet::File;

use super::output::{cannot_write, folder_of};
use super::unfinished;

/// A folder that is to be: what is written into it stands beside it until all is there. Files are
/// for this user alone, as tor wants its keys.
pub(super) struct Folder {
    path: PathBuf,
    staging: TempDir,
    there: There,
    /// The paths of the files.
    written: Vec<String>,
}

/// What there was already.
#[derive(Clone, Copy)]
enum There {
    Nothing,
    /// An empty folder. It stays the one that it is: somebody may be in it.
    Empty,
    /// One with something in it, where files are replaced.
    Full,
}

impl Folder {
    /// Says early what cannot be written later: a folder with something in it is only written into
    /// if it is to be by `force`, and then only files of the same name are replaced.
    pub(super) fn check(path: &Path, force: bool) -> Result<()> {
        Self::look(path, force)?;
        unfinished::check(folder_for(path)).with_context(|| cannot_write(path))
    }

    fn look(path: &Path, force: bool) -> Result<There> {
        let there = match fs::read_dir(path) {
            Ok(mut entries) => entries.next().map_or(There::Empty, |_| There::Full),
            Err(error) if error.kind() == ErrorKind::NotFound => There::Nothing,
            Err(error) => return Err(error).with_context(|| cannot_write(path)),
        };
        if matches!(there, There::Full) && !force {
            let path = path.display();
            bail!(
                "{path}: expected a new or an empty folder; --force replaces files of the same name in this one"
            );
        }
        Ok(there)
    }

    /// Begins a folder.
    pub(super) fn create(path: &Path, force: bool) -> Result<Self> {
        let there = Self::look(path, force)?;
        Ok(Self {
            path: path.into(),
            staging: unfinished::folder(folder_for(path)).with_context(|| cannot_write(path))?,
            there,
            written: Vec::new(),
        })
    }

    /// Writes a file into it, and the folders that this one is in.
    pub(super) fn write(&mut self, File { path, bytes }: File) -> Result<()> {
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
        let write = || {
            create_folder_of(&staged)?;
            create(&staged)?.write_all(&bytes)
        };
        unfinished::undisturbed(write).with_context(cannot)?;
        self.written.push(path);
        Ok(())
    }

    /// Puts all in its place.
    pub(super) fn finish(mut self) -> Result<()> {
        unfinished::finish(|| self.put())
    }

    fn put(&mut self) -> Result<()> {
        match self.there {
            There::Nothing => {
                fs::rename(self.staging.path(), &self.path)
                    .with_context(|| cannot_write(&self.path))?;
                // It has another name now.
                self.staging.disable_cleanup(true);
                Ok(())
            }
            There::Empty => {
                let mut moved = Vec::new();
                self.move_entries(&mut moved).inspect_err(|_| {
                    for place in moved {
                        // What cannot be taken away again is no worse than what is told already.
                        let _ = fs::remove_dir_all(&place).or_else(|_| fs::remove_file(&place));
                    }
                })
            }
            There::Full => self.written.iter().try_for_each(|path| {
                let place = self.path.join(path);
                create_folder_of(&place)
                    .and_then(|()| fs::rename(self.staging.path().join(path), &place))
                    .with_context(|| cannot_write(&place))
            }),
        }
    }

    /// Moves what is directly in it to its place; says in `moved` what is there then.
    fn move_entries(&self, moved: &mut Vec<PathBuf>) -> Result<()> {
        let first = |path: &String| path.split('/').next().map(str::to_owned);
        let names: BTreeSet<_> = self.written.iter().filter_map(first).collect();
        for name in names {
            let place = self.path.join(&name);
            // By now somebody may have put something there.
            match place.symlink_metadata() {
                Ok(_) => Err(ErrorKind::AlreadyExists.into()),
                Err(_) => fs::rename(self.staging.path().join(&name), &place),
            }
            .with_context(|| cannot_write(&place))?;
            moved.push(place);
        }
        Ok(())
    }
}

/// A folder on the same file system.
fn folder_for(path: &Path) -> &Path {
    match path.is_dir() {
        true => path,
        false => folder_of(path),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of somebody else comes into a folder that was empty, where one of ours goes.
    #[test]
    fn an_error_at_the_end_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        let mut folder = Folder::create(place.path(), false).unwrap();
        for path in ["a/one", "b/two", "c"] {
            let bytes = b"ours".to_vec();
            let path = path.to_owned();
            folder.write(File { path, bytes }).unwrap();
        }
        fs::write(place.path().join("b"), "theirs").unwrap();
        let error = folder.finish().unwrap_err().to_string();
        assert!(error.contains("/b"), "{error}");
        let left = fs::read_dir(place.path()).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["b"]);
        assert_eq!(fs::read(place.path().join("b")).unwrap(), b"theirs");
    }
}
