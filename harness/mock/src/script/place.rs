//! Where in a script something is said.

use std::fmt;
use std::panic::Location;

/// Where in a script something is said: a file's line and column, of TOML or
/// of Rust, both counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// Where the caller is.
    #[track_caller]
    pub(super) fn here() -> Self {
        let location = Location::caller();
        Self {
            file: location.file().to_owned(),
            line: usize::try_from(location.line()).unwrap_or(usize::MAX),
            column: usize::try_from(location.column()).unwrap_or(usize::MAX),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
