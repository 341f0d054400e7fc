//! What can go wrong with an archive.

use std::io;
use std::sync::Arc;

use thiserror::Error;

/// What is wrong with an archive, and where. What was read before it is kept,
/// and reading goes on behind it as far as that is possible.
#[derive(Debug, Error)]
#[error("{path}: {}{problem}", .offset.map(|offset| format!("behind byte {offset} of its text: ")).unwrap_or_default())]
pub struct ArchiveError {
    /// The file, with the path in the archive behind it.
    pub path: Arc<str>,
    /// How much of its text, or of its tar archive, had been read.
    pub offset: Option<u64>,
    /// What is wrong.
    #[source]
    pub problem: ArchiveProblem,
}

/// What is wrong with an archive.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ArchiveProblem {
    /// A file or a stream cannot be read, is cut short or damaged.
    #[error("{0}")]
    Unreadable(#[source] io::Error),
    /// A document is longer than is accepted, and was left out.
    #[error(
        "expected a document of at most {0} bytes, and here is a longer one, which is left out"
    )]
    TooLong(usize),
    /// There is more compression inside compression than is accepted.
    #[error("expected at most {0} layers of compression and tar inside one another")]
    TooDeep(usize),
    /// Something in a folder is a pipe, a socket or a device, and was left out.
    #[error("expected a file or a folder, and this is neither, which is left out")]
    NoFile,
    /// A member of a tar archive is stored in a way that is not known.
    #[error("expected a file that is stored as it is, and this member of the tar archive is {0}")]
    Member(&'static str),
}
