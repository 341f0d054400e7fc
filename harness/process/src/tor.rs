//! A running throwaway tor.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::ExitStatus;
use std::thread;
use std::time::{Duration, Instant};

use tor_harness_client::Client;
use tor_harness_scratch::Folder;
use tor_harness_testnet::File;
use tor_harness_types::Endpoint;

use crate::builder::Builder;
use crate::error::Error;
use crate::log::Log;
use crate::prepared;
use crate::process::Process;
use crate::ready::{Access, Ready};
use crate::run::Run;

/// A running throwaway tor, ended when dropped.
///
/// Its end is SIGKILL: quick, and there is nothing to save.
#[must_use = "it ends when dropped"]
pub struct Tor {
    // Declared first, so dropped first: the folder goes after its tor.
    process: Process,
    folder: Folder,
    ready: Ready,
    run: Run,
}

impl Tor {
    /// Describes a throwaway tor, then starts it.
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn new(process: Process, folder: Folder, ready: Ready, run: Run) -> Self {
        Self {
            process,
            folder,
            ready,
            run,
        }
    }

    /// Where its control port listens.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.ready.endpoint
    }

    /// The file that has its cookie, where cookies authenticate.
    #[must_use]
    pub fn cookie_file(&self) -> Option<&Path> {
        self.run.access.cookie_file.as_deref()
    }

    /// Its folder: `torrc`, `data`, `log`, and what it writes itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The number of its process, which is also that of its process group.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Its version, as `0.4.9.11`, read from its log.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.ready.version
    }

    /// Whether it has ended by itself, as a controller can tell it to.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.process.log().has_ended()
    }

    /// The last 200 lines of its log; all of them are in the file `log`.
    #[must_use]
    pub fn log(&self) -> String {
        self.process.log().tail()
    }

    /// What it printed, and will print.
    pub(crate) fn output(&self) -> &Log {
        self.process.log()
    }

    /// What opens its control port.
    pub(crate) fn access(&self) -> &Access {
        &self.run.access
    }

    /// How long it may take to do what it is waited for.
    pub(crate) fn deadline(&self) -> Duration {
        self.run.deadline
    }

    /// Puts files into its folder, as it has them there when it starts.
    pub(crate) fn put(&self, files: impl Iterator<Item = File>) -> Result<(), Error> {
        let files: Vec<_> = files.map(|file| (file.path, file.bytes)).collect();
        prepared::write(&self.folder, &files)
    }

    /// A control connection that is not authenticated yet.
    ///
    /// # Errors
    /// When tor does not accept it.
    pub fn connect(&self) -> Result<Client, tor_harness_client::Error> {
        Client::connect(self.endpoint(), self.deadline())
    }

    /// An authenticated control connection.
    ///
    /// # Errors
    /// When tor does not accept it, or answers unexpectedly.
    pub fn client(&self) -> Result<Client, tor_harness_client::Error> {
        self.run.access.connect(self.endpoint(), self.deadline())
    }

    /// Ends it and removes its folder, as dropping it does, but says what goes
    /// wrong.
    ///
    /// # Errors
    /// When it had crashed before, or a process or folder cannot be removed.
    pub fn stop(mut self) -> Result<(), Error> {
        self.kill()?;
        self.folder.remove().map_err(Error::Folder)
    }

    /// Ends it by SIGKILL, but keeps its folder.
    pub(crate) fn kill(&mut self) -> Result<(), Error> {
        let status = self.end()?;
        self.ended_by(status, |status| status.success() || was_killed(status))
    }

    /// An error if it has ended badly, and this is the first to say so.
    pub(crate) fn crashed(&mut self) -> Result<(), Error> {
        if self.process.was_ended() || !self.has_ended() {
            return Ok(());
        }
        let status = self.end()?;
        self.ended_by(status, |status| status.success())
    }

    /// Has it end by itself, but keeps its folder.
    pub(crate) fn terminate(&mut self) -> Result<(), Error> {
        let started = Instant::now();
        let ended = self.process.terminate(started + self.deadline());
        let ended = ended.map_err(Error::system("have tor end"))?;
        self.forget_number()?;
        match ended {
            Some(status) => self.ended_by(status, |status| status.success()),
            None => Err(Error::NeverReady {
                expected: "tor's end after SIGTERM, before it was killed",
                waited: started.elapsed(),
                log: crate::ready::last_lines(&self.log(), 20),
                evidence: self.folder.keep_if_wanted().into(),
            }),
        }
    }

    /// Starts it again in its folder, however its last run has ended.
    pub(crate) fn start_again(&mut self) -> Result<(), Error> {
        self.end()?;
        let started = Instant::now();
        self.process = self.run.start(&self.folder)?;
        self.ready = self
            .run
            .ready(&mut self.process, &mut self.folder, started)?;
        Ok(())
    }

    /// Ends it by SIGKILL, whatever that tells of how it had ended.
    fn end(&mut self) -> Result<ExitStatus, Error> {
        let status = self.process.end().map_err(Error::system("end tor"))?;
        self.forget_number()?;
        Ok(status)
    }

    /// Nobody is to kill another process that gets its number.
    fn forget_number(&self) -> Result<(), Error> {
        match fs::remove_file(self.folder.pid_file()) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Error::system("remove the file of tor's number")(error))
            }
            _ => Ok(()),
        }
    }

    fn ended_by(
        &mut self,
        status: ExitStatus,
        as_expected: impl Fn(ExitStatus) -> bool,
    ) -> Result<(), Error> {
        match as_expected(status) {
            true => Ok(()),
            false => Err(Error::Died {
                executable: self.run.executable.path().to_owned(),
                status,
                waited: None,
                log: crate::ready::last_lines(&self.log(), 20),
                evidence: self.folder.keep_if_wanted().into(),
            }),
        }
    }
}

impl fmt::Debug for Tor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tor")
            .field("version", &self.version())
            .field("endpoint", self.endpoint())
            .field("folder", &self.folder())
            .field("pid", &self.pid())
            .finish_non_exhaustive()
    }
}

impl Drop for Tor {
    fn drop(&mut self) {
        let _ = self.process.end();
        if thread::panicking()
            && let Some(folder) = self.folder.keep_if_wanted().map(Path::to_owned)
        {
            #[expect(clippy::print_stderr, reason = "a drop has no other way to tell")]
            {
                eprintln!("tor {} is kept in {}", self.pid(), folder.display());
            }
        }
    }
}

fn was_killed(status: ExitStatus) -> bool {
    status.signal() == Some(nix::libc::SIGKILL)
}
