//! The file that events are appended to.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::env;
use crate::events::Event;

/// Where events go: a file, or nowhere.
#[derive(Clone)]
pub(crate) struct Sink(Option<Arc<Target>>);

struct Target {
    path: PathBuf,
    file: File,
}

impl Sink {
    /// Nothing is written.
    pub(crate) fn nowhere() -> Self {
        Self(None)
    }

    /// The file that [`env::EVENTS`] names.
    pub(crate) fn from_env() -> io::Result<Self> {
        let Some(path) = std::env::var_os(env::EVENTS).filter(|path| !path.is_empty()) else {
            return Ok(Self::nowhere());
        };
        let path = PathBuf::from(path);
        match OpenOptions::new().append(true).create(true).open(&path) {
            Ok(file) => Ok(Self(Some(Arc::new(Target { path, file })))),
            Err(error) => Err(explain(&path, &error)),
        }
    }

    /// Appends one event. One write a line: appends of several processes do not mix.
    pub(crate) fn emit(&self, event: &Event) -> io::Result<()> {
        let Some(target) = &self.0 else {
            return Ok(());
        };
        (&target.file)
            .write_all(event.to_line().as_bytes())
            .map_err(|error| explain(&target.path, &error))
    }
}

fn explain(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(
        error.kind(),
        format!(
            "cannot append to {} ({}): {error}",
            path.display(),
            env::EVENTS
        ),
    )
}
