//! What becomes of what is printed.

use std::io::{self, ErrorKind};

use anyhow::{Context as _, Result};

/// Whether there is still someone who reads what is printed.
pub(crate) fn went_on(printed: io::Result<()>) -> Result<bool> {
    is_read(printed).context("writing to standard output")
}

/// The same of what need not be standard output.
pub(crate) fn is_read(printed: io::Result<()>) -> io::Result<bool> {
    match printed {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}
