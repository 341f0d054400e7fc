//! Files that a tor finds in its folder when it starts.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Component, Path};

use tor_harness_scratch::Folder;

use crate::error::Error;

/// What the harness writes, tor binds, or the folder's guard reads: of what `socket` and `file` name,
/// the guard would remove it.
const TAKEN: &[&str] = &[
    "command",
    "control",
    "defaults-torrc",
    "file",
    "keep",
    "log",
    "pid",
    "resolv.conf",
    "socket",
    "torrc",
];

/// Whether a path is one inside of the folder.
pub(crate) fn stays(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Whether a path inside of the folder is one that the harness has a use for.
pub(crate) fn is_taken(path: &str) -> bool {
    let first = Path::new(path).components().next();
    first.is_some_and(|first| TAKEN.iter().any(|taken| first.as_os_str() == *taken))
}

/// Writes files, their paths in the folder first, for this user alone.
pub(crate) fn write(folder: &Folder, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    for (path, contents) in files {
        if let Some(parent) = folder.path().join(path).parent() {
            make_folder(parent)?;
        }
        folder.write(path, contents).map_err(Error::Folder)?;
    }
    Ok(())
}

/// A folder as tor wants its own: for this user alone.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Error> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(Error::system(format!("make {}", folder.display())))
}
