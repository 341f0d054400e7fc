//! A tor that was started, until it is ready.

use std::time::Instant;

use tor_harness_scratch::Folder;

use crate::error::Error;
use crate::process::Process;
use crate::run::Run;
use crate::tor::Tor;

/// A tor that was started and may not be ready yet.
pub(crate) struct Launch {
    process: Process,
    folder: Folder,
    run: Run,
    started: Instant,
}

impl Launch {
    /// Starts tor in its folder.
    pub(crate) fn start(run: Run, folder: Folder) -> Result<Self, Error> {
        let started = Instant::now();
        Ok(Self {
            process: run.start(&folder)?,
            folder,
            run,
            started,
        })
    }

    /// Waits until its ORPort is open, or what stands before that. One that ends or is late says why
    /// when it should be ready.
    pub(crate) fn wait_until_reachable(&self, has_transport: bool) {
        let end = self.started + self.run.deadline;
        let _ = self
            .process
            .log()
            .wait_until(end, |known| match has_transport {
                true => known.has_transport,
                false => known.has_or_port,
            });
    }

    /// Waits until an authenticated control connection has answered.
    pub(crate) fn ready(mut self) -> Result<Tor, Error> {
        let ready = self
            .run
            .ready(&mut self.process, &mut self.folder, self.started)?;
        Ok(Tor::new(self.process, self.folder, ready, self.run))
    }
}
