//! The files of a book.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use tor_harness::fixtures::all;

use crate::book::Book;
use crate::manifest;

/// Writes all files, in place of those that are there.
pub(crate) fn write(book: &Book) -> Result<()> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let folder = fixtures.join(manifest::series(book.tor_version()));
    // All are of one tor.
    if let Some(fixture) = all().first() {
        remove(&fixtures.join(manifest::series(fixture.tor_version)))?;
    }
    remove(&folder)?;
    for (path, recording) in book.recordings() {
        write_file(folder.join(path), &recording.bytes)?;
    }
    write_file(
        fixtures.join("MANIFEST.toml"),
        manifest::toml(book).as_bytes(),
    )?;
    write_file(
        fixtures.join("src/index.rs"),
        manifest::index(book).as_bytes(),
    )
}

/// Removes a folder, if there is one.
fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn write_file(path: PathBuf, bytes: &[u8]) -> Result<()> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&path, bytes))
        .with_context(|| format!("cannot write {}", path.display()))
}
