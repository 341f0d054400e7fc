//! A running throwaway tor.

use std::fmt;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::ExitStatus;
use std::thread;
use std::time::Duration;

use tor_harness_client::Client;
use tor_harness_scratch::Folder;
use tor_harness_types::Endpoint;

use crate::builder::Builder;
use crate::error::Error;
use crate::log::Log;
use crate::process::Process;
use crate::ready::{Access, Ready};

/// A running throwaway tor, ended when dropped.
///
/// Its end is SIGKILL: quick, and there is nothing to save.
pub struct Tor {
    // Declared first, so dropped first: the folder goes after its tor.
    process: Process,
    folder: Folder,
    ready: Ready,
    access: Access,
    deadline: Duration,
}

impl Tor {
    /// Describes a throwaway tor, then starts it.
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn new(
        process: Process,
        folder: Folder,
        ready: Ready,
        access: Access,
        deadline: Duration,
    ) -> Self {
        Self {
            process,
            folder,
            ready,
            access,
            deadline,
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
        self.access.cookie_file.as_deref()
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

    /// How long it may take to do what it is waited for.
    pub(crate) fn deadline(&self) -> Duration {
        self.deadline
    }

    /// A control connection that is not authenticated yet.
    ///
    /// # Errors
    /// When tor does not accept it.
    pub fn connect(&self) -> Result<Client, tor_harness_client::Error> {
        Client::connect(self.endpoint(), self.deadline)
    }

    /// An authenticated control connection.
    ///
    /// # Errors
    /// When tor does not accept it, or answers unexpectedly.
    pub fn client(&self) -> Result<Client, tor_harness_client::Error> {
        self.access.connect(self.endpoint(), self.deadline)
    }

    /// Ends it and removes its folder, as dropping it does, but says what goes
    /// wrong.
    ///
    /// # Errors
    /// When it had crashed before, or a process or folder cannot be removed.
    pub fn stop(mut self) -> Result<(), Error> {
        let status = self.process.end().map_err(Error::system("end tor"))?;
        if !(status.success() || was_killed(status)) {
            return Err(Error::Died {
                status,
                waited: None,
                log: crate::ready::last_lines(&self.log(), 20),
                evidence: self.folder.keep_if_wanted().into(),
            });
        }
        self.folder.remove().map_err(Error::Folder)
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
