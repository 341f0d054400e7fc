//! How a tor is run, once or again.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::time::{Duration, Instant};

use tor_harness_scratch::Folder;

use crate::error::Error;
use crate::executable::Executable;
use crate::process::Process;
use crate::ready::{self, Access, Ready};

/// The file in tor's folder that has all of its log, of all its runs.
pub(crate) const LOG: &str = "log";

/// The longest that anything is waited for: the clock has an end.
pub(crate) const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// How a tor is run.
pub(crate) struct Run {
    pub(crate) executable: Executable,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) access: Access,
    pub(crate) deadline: Duration,
}

impl Run {
    /// Starts it in its folder.
    pub(crate) fn start(&self, folder: &Folder) -> Result<Process, Error> {
        let path = folder.path().join(LOG);
        let log = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&path)
            .map_err(Error::system(format!("open {}", path.display())))?;
        let mut command = self.executable.command(folder.path());
        command.args(&self.arguments);
        // A wrapper, where there is one.
        let path = command.get_program().into();
        Process::start(command, Some(log), Some(folder.pid_file()))
            .map_err(|source| Error::Unrunnable { path, source })
    }

    /// Waits until an authenticated control connection has answered.
    pub(crate) fn ready(
        &self,
        process: &mut Process,
        folder: &mut Folder,
        started: Instant,
    ) -> Result<Ready, Error> {
        ready::wait(process.log(), &self.access, started + self.deadline)
            .map_err(|why| why.explain(process, folder, &self.executable, started))
    }
}
