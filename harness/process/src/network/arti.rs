//! Arti as a client of a network.

use std::fs::File;
use std::net::SocketAddrV4;
use std::path::Path;
use std::time::{Duration, Instant};

use tor_harness_scratch::Folder;
use tor_harness_traffic::{Response, Socks5, Target};

use super::running::TestNetwork;
use super::visit::page;
use crate::error::Error;
use crate::executable::find_arti;
use crate::process::Process;
use crate::ready::last_lines;

/// What an error calls it.
const NAME: &str = "arti";
/// How many lines of the log an error shows.
const SHOWN: usize = 20;

/// A running Arti, ended when dropped.
pub struct Arti {
    // Declared first, so dropped first: the folder goes after its process.
    process: Process,
    folder: Folder,
    socks: SocketAddrV4,
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
        let socks = self.ground().address(self.nodes().len())?;
        let folder = Folder::create().map_err(Error::Folder)?;
        let config = self.arti_toml(folder.path(), socks.into());
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
            socks,
            deadline,
        };
        arti.wait_for("Listening on")?;
        Ok(arti)
    }
}

impl Arti {
    /// A client of its SOCKS port.
    ///
    /// # Errors
    /// None: its port is on loopback.
    pub fn socks(&self) -> Result<Socks5, Error> {
        let socks = Socks5::new(self.socks.into()).map_err(Error::system("use a SOCKS port"))?;
        Ok(socks.within(self.deadline))
    }

    /// Fetches a page such as `/` through it.
    ///
    /// # Errors
    /// If no page comes in time.
    pub fn http_get(&self, target: impl Into<Target>, path: &str) -> Result<Response, Error> {
        let response = page(&self.socks()?, &target.into(), path, self.deadline);
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
        self.wait_for("Sufficiently bootstrapped")
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

    /// Waits until its log has a line with this in it.
    fn wait_for(&self, part: &'static str) -> Result<(), Error> {
        let started = Instant::now();
        let end = started + self.deadline;
        if self.process.log().wait_for(part, end) {
            return Ok(());
        }
        let error = Error::NeverReady {
            expected: part,
            waited: started.elapsed(),
            log: last_lines(&self.log(), SHOWN),
            evidence: None.into(),
        };
        Err(error.of_node(NAME))
    }
}
