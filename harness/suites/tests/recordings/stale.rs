//! Snapshots that no fixture has any more.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tor_harness::fixtures::{find, find_written};
use tor_harness::runner::TestResult;

/// Each snapshot is that of a fixture.
pub(crate) fn check(snapshots: &Path) -> TestResult {
    for file in files(snapshots)? {
        let path = file.strip_prefix(snapshots)?.with_extension("");
        let path = path.to_string_lossy();
        let is_one = match path.strip_prefix("written/") {
            Some(path) => find_written(path).is_some(),
            None => find(&path).is_some(),
        };
        if !is_one {
            let found = file.display();
            return Err(format!("{found} is a snapshot of no fixture: remove it").into());
        }
    }
    Ok(())
}

/// The files below a folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            all.extend(files(&path)?);
        } else {
            all.push(path);
        }
    }
    Ok(all)
}
