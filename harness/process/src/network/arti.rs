//! Arti as a client of a network.

use std::fmt;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use tor_harness_scratch::Folder;
use tor_harness_traffic::{Response, Socks5, Target};

use super::ground::Seat;
use super::running::TestNetwork;
use super::visit::page;
use crate::error::Error;
use crate::executable::find_arti;
use crate::log::Known;
use crate::process::Process;
use crate::ready::last_lines;

/// What an error calls it.
const NAME: &str = "arti";
/// How many lines of the log an error shows.
const SHOWN: usize = 20;

/// A running Arti, ended when dropped.
#[must_use = "it ends when dropped"]
pub struct Arti {
    // Declared first, so dropped first: the folder goes after its process, and so does the address.
    process: Process,
    folder: Folder,
    _seat: Seat,
    socks: Socks5,
    deadline: Duration,
}

impl TestNetwork {
    /// Starts the Arti that [`find_arti`] finds, with [`TestNetwork::arti_toml`] and empty folders,
    /// and returns when it takes streams: it may have to fetch what it knows before it gives one.
    ///
    /// # Errors
    /// If there is none, or it does not start.
    pub fn join_arti(&self) -> Result<Arti, Error> {
        let executable = find_arti()?;
        let deadline = self.ground().deadline;
        let (socks, seat) = self.ground().address(self.nodes().len())?;
        let folder = Folder::create().map_err(Error::Folder)?;
        let config = self.arti_toml(folder.path(), socks.into());
        let socks = Socks5::new(socks.into()).map_err(Error::system("use a SOCKS port"))?;
        let config = folder.write("arti.toml", config.as_bytes());
        let config = config.map_err(Error::Folder)?;
        let log = folder.path().join("log");
        let log = File::create(&log).map_err(Error::system(format!("make {}", log.display())))?;

        let mut command = executable.command(folder.path());
        command.args(["--disable-fs-permission-checks", "proxy", "--config"]);
        command.arg(config);
        let process = Process::start(command, Some(log), Some(folder.pid_file()));
        let process = process.map_err(|source| Error::Unrunnable {
            path: executable.path().to_owned(),
            source,
        })?;
        let arti = Arti {
            process,
            folder,
            _seat: seat,
            socks: socks.within(deadline),
            deadline,
        };
        arti.wait_for("its line `Listening on ...`", |known| known.has_socks_port)?;
        Ok(arti)
    }
}

impl Arti {
    /// A client of its SOCKS port, as patient as the network's deadline says.
    #[must_use]
    pub fn socks(&self) -> &Socks5 {
        &self.socks
    }

    /// Fetches a page such as `/` through it.
    ///
    /// # Errors
    /// If no page comes in time.
    pub fn http_get(&self, target: impl Into<Target>, path: &str) -> Result<Response, Error> {
        let response = page(&self.socks, &target.into(), path, self.deadline);
        response.map_err(|source| {
            Error::Stream {
                source: Box::new(source),
                log: last_lines(&self.log(), SHOWN),
                nodes: String::new(),
            }
            .of_node(NAME)
        })
    }

    /// Waits until it knows enough of the network to build circuits.
    ///
    /// # Errors
    /// If it does not in time.
    pub fn wait_until_bootstrapped(&self) -> Result<(), Error> {
        let expected = "its line `Sufficiently bootstrapped ...`";
        self.wait_for(expected, |known| known.is_bootstrapped)
    }

    /// Its folder: `arti.toml`, `cache`, `state`, `log`.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The last 200 lines of its log.
    #[must_use]
    pub fn log(&self) -> String {
        self.process.log().tail()
    }

    /// Waits until its log has said something.
    fn wait_for(&self, expected: &'static str, has: fn(&Known) -> bool) -> Result<(), Error> {
        let started = Instant::now();
        let known = self.process.log().wait_until(started + self.deadline, has);
        if known.is_some_and(|known| has(&known)) {
            return Ok(());
        }
        let error = Error::NeverReady {
            expected,
            waited: started.elapsed(),
            log: last_lines(&self.log(), SHOWN),
            evidence: None.into(),
        };
        Err(error.of_node(NAME))
    }
}

impl fmt::Debug for Arti {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arti")
            .field("socks", &self.socks)
            .field("folder", &self.folder())
            .field("pid", &self.process.id())
            .finish_non_exhaustive()
    }
}
