//! What a throwaway tor should be like.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tor_harness_control::auth::AuthConfig;
use tor_harness_scratch::Folder;
use tor_harness_types::Listen;

use crate::control_port::ControlPortSpec;
use crate::error::Error;
use crate::executable::{Executable, find_tor};
use crate::launch::Launch;
use crate::prepared;
use crate::run::{LONGEST, Run};
use crate::tor::Tor;
use crate::torrc::{Config, Extra, check, files};

/// Describes a throwaway tor; made by [`Tor::builder`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `start`"]
pub struct Builder {
    executable: Option<PathBuf>,
    control_port: ControlPortSpec,
    extra: Vec<Extra>,
    files: Vec<(String, Vec<u8>)>,
    deadline: Duration,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            executable: None,
            control_port: ControlPortSpec::default(),
            extra: Vec::new(),
            files: Vec::new(),
            deadline: Duration::from_secs(30),
        }
    }

    /// The tor to run: a path, or a name on `PATH`. Without this it is the one
    /// that [`find_tor`] finds.
    pub fn executable(mut self, executable: impl Into<PathBuf>) -> Self {
        self.executable = Some(executable.into());
        self
    }

    /// Where the control port listens; without this [`Listen::Tcp`].
    pub fn listen(mut self, listen: impl Into<Listen>) -> Self {
        self.control_port.listen = listen.into();
        self
    }

    /// The ways to authenticate; without this there is none, and everybody on
    /// this machine is let in.
    pub fn auth(mut self, auth: AuthConfig) -> Self {
        self.control_port.auth = auth;
        self
    }

    /// Adds a line to the torrc; `{dir}` stands for tor's folder.
    pub fn torrc_line(self, line: impl Into<String>) -> Self {
        let number = self.extra.len() + 1;
        self.torrc(line, format!("torrc_line (addition {number})"))
    }

    /// Adds text to the torrc; `{dir}` stands for tor's folder. Errors call it
    /// by the name of its origin, such as its file's path.
    pub fn torrc(mut self, text: impl Into<String>, origin: impl Into<String>) -> Self {
        self.extra.push(Extra {
            origin: origin.into(),
            text: text.into(),
        });
        self
    }

    /// Puts a file into tor's folder before tor starts, which only this user can
    /// read: `data/cached-microdesc-consensus`, `data/keys/...`.
    pub fn file(mut self, path: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        self.files.push((path.into(), contents.into()));
        self
    }

    /// How long tor may take to get ready, and an answer of its control port
    /// to come; without this 30 seconds. More than a year is a year.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline.min(LONGEST);
        self
    }

    /// Starts tor, and returns when an authenticated control connection has
    /// answered.
    ///
    /// # Errors
    /// Each variant of [`Error`] may come; nothing is left running, and no
    /// folder, except where `TOR_HARNESS_KEEP=1` keeps it.
    pub fn start(self) -> Result<Tor, Error> {
        for extra in &self.extra {
            check(extra)?;
        }
        for (path, _) in &self.files {
            if !prepared::stays(path) {
                return Err(Error::FileOutside(path.clone()));
            }
            if prepared::is_taken(path) {
                return Err(Error::FileTaken(path.clone()));
            }
        }
        let executable = match &self.executable {
            Some(path) => Executable::named(path)?,
            None => find_tor()?,
        };
        self.control_port.check()?;

        let mut folder = Folder::create().map_err(Error::Folder)?;
        prepared::write(&folder, &self.files)?;
        let control_port = self.control_port.place(&mut folder)?;
        let config = Config {
            folder: folder.path(),
            control_port: &control_port,
            extra: &self.extra,
        };
        files::write(&folder, &config.torrc())?;
        let arguments = config.arguments();
        let run = Run {
            executable,
            arguments,
            access: control_port.access(),
            deadline: self.deadline,
        };
        let end = Instant::now() + self.deadline;
        Launch::start(run, folder, end)?.ready()
    }
}
