//! What becomes of what is printed.

use std::io::{self, ErrorKind};

use anyhow::{Context as _, Result};

/// Whether there is still someone who reads what is printed.
pub(crate) fn went_on(printed: io::Result<()>) -> Result<bool> {
    match printed {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error).context("writing to standard output"),
    }
}
