//! A tor that was started, until it is ready.

use std::ffi::OsString;
use std::fs::File;
use std::time::{Duration, Instant};

use tor_harness_scratch::Folder;

use crate::error::Error;
use crate::executable::Executable;
use crate::process::Process;
use crate::ready::{self, Access};
use crate::tor::Tor;

/// The file in tor's folder that has all of its log.
pub(crate) const LOG: &str = "log";

/// A tor that was started and may not be ready yet.
pub(crate) struct Launch {
    process: Process,
    folder: Folder,
    executable: Executable,
    access: Access,
    started: Instant,
    deadline: Duration,
}

impl Launch {
    /// Starts tor with these arguments in its folder.
    pub(crate) fn start(
        executable: Executable,
        folder: Folder,
        arguments: Vec<OsString>,
        access: Access,
        deadline: Duration,
    ) -> Result<Self, Error> {
        let log = folder.path().join(LOG);
        let log = File::create(&log).map_err(Error::system(format!("make {}", log.display())))?;
        let mut command = executable.command(folder.path());
        command.args(arguments);
        let started = Instant::now();
        let process =
            Process::start(command, Some(log), Some(folder.pid_file())).map_err(|source| {
                Error::Unrunnable {
                    path: executable.path().to_owned(),
                    source,
                }
            })?;
        Ok(Self {
            process,
            folder,
            executable,
            access,
            started,
            deadline,
        })
    }

    /// Waits until its ORPort is open. One that ends or is late says why when it should be ready.
    pub(crate) fn wait_until_reachable(&self) {
        let end = self.started + self.deadline;
        let _ = self
            .process
            .log()
            .wait_until(end, |known| known.has_or_port);
    }

    /// Waits until an authenticated control connection has answered.
    pub(crate) fn ready(mut self) -> Result<Tor, Error> {
        let end = self.started + self.deadline;
        match ready::wait(self.process.log(), &self.access, end) {
            Ok(ready) => Ok(Tor::new(
                self.process,
                self.folder,
                ready,
                self.access,
                self.deadline,
            )),
            Err(why) => Err(why.explain(
                &mut self.process,
                &mut self.folder,
                &self.executable,
                self.started,
            )),
        }
    }
}
