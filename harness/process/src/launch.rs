//! A tor that was started, until it is ready.

use std::time::Instant;

use tor_harness_scratch::Folder;

use crate::error::Error;
use crate::log::Known;
use crate::process::Process;
use crate::ready::{self, NotReady};
use crate::run::Run;
use crate::tor::Tor;

const OR_PORT: &str = "the line `Opened OR listener connection (ready) on ...` from tor";
const TRANSPORT: &str = "the line `Registered server transport ...` from tor";

/// A tor that was started and may not be ready yet.
pub(crate) struct Launch {
    process: Process,
    folder: Folder,
    run: Run,
    started: Instant,
    end: Instant,
}

impl Launch {
    /// Starts tor in its folder; it should be ready by this end.
    pub(crate) fn start(run: Run, folder: Folder, end: Instant) -> Result<Self, Error> {
        let started = Instant::now();
        Ok(Self {
            process: run.start(&folder)?,
            folder,
            run,
            started,
            end,
        })
    }

    /// Waits until its ORPort is open, or what stands before that.
    pub(crate) fn wait_until_reachable(&mut self, has_transport: bool) -> Result<(), Error> {
        let is_reachable = |known: &Known| match has_transport {
            true => known.has_transport,
            false => known.has_or_port,
        };
        let expected = match has_transport {
            true => TRANSPORT,
            false => OR_PORT,
        };
        let known = self.process.log().wait_until(self.end, is_reachable);
        match known {
            Some(known) if is_reachable(&known) => return Ok(()),
            Some(_) => Err(NotReady::Ended),
            None => Err(NotReady::Late(expected)),
        }
        .map_err(|why| self.explain(why))
    }

    /// Waits until an authenticated control connection has answered.
    pub(crate) fn ready(mut self) -> Result<Tor, Error> {
        let ready = ready::wait(self.process.log(), &self.run.access, self.end)
            .map_err(|why| self.explain(why))?;
        Ok(Tor::new(self.process, self.folder, ready, self.run))
    }

    fn explain(&mut self, why: NotReady) -> Error {
        why.explain(
            &mut self.process,
            &mut self.folder,
            &self.run.executable,
            self.started,
        )
    }
}
