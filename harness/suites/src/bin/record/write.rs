//! The files of a book.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use tor_harness::fixtures::all;

use crate::book::Book;
use crate::manifest::{Manifest, series};

/// Writes all files, in place of those that were made with the same.
pub(crate) fn write(book: &Book) -> Result<()> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let listed = fixtures.join("MANIFEST.toml");
    let old = fs::read_to_string(&listed)?
        .parse()
        .with_context(|| format!("cannot read {}", listed.display()))?;
    let manifest = Manifest::new(book, &old);
    for fixture in all()
        .iter()
        .filter(|fixture| fixture.made_with == book.made_with())
    {
        remove(
            &fixtures
                .join(series(fixture.tor_version))
                .join(fixture.path),
        )?;
    }
    let folder = fixtures.join(series(book.tor_version()));
    for (path, recording) in book.recordings() {
        write_file(folder.join(path), &recording.bytes)?;
    }
    write_file(listed, manifest.toml().as_bytes())?;
    write_file(fixtures.join("src/index.rs"), manifest.index().as_bytes())
}

/// Removes a file, if there is one, then the folders that are empty without it.
fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove {}", file.display()));
        }
        _ => {}
    }
    for folder in file.ancestors().skip(1) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn write_file(path: PathBuf, bytes: &[u8]) -> Result<()> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&path, bytes))
        .with_context(|| format!("cannot write {}", path.display()))
}
