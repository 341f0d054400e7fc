//! What has been recorded so far.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use tor_harness::client::Client;
use tor_harness::control::OwnedMessage;
use tor_harness::control::auth::AuthConfig;
use tor_harness::fixtures::Kind;
use tor_harness::process::{Listen, Tor, find_tor};

use crate::lines::ask_all;
use crate::normalize;

/// What has been recorded so far, and the tor it comes from.
pub(crate) struct Book {
    made_with: &'static str,
    executable: PathBuf,
    tor_version: String,
    recordings: BTreeMap<String, Recording>,
    setups: BTreeMap<&'static str, String>,
}

/// A file to be.
pub(crate) struct Recording {
    pub(crate) kind: Kind,
    pub(crate) command: String,
    pub(crate) setup: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// A throwaway tor's configuration, by the name that the manifest calls it.
#[derive(Clone, Copy)]
pub(crate) struct Setup {
    pub(crate) name: &'static str,
    pub(crate) cookie: bool,
    pub(crate) password: Option<&'static str>,
    pub(crate) torrc: &'static str,
}

impl Setup {
    /// A tor that lets everybody in.
    pub(crate) const NULL: Self = Self {
        name: "null",
        cookie: false,
        password: None,
        torrc: "",
    };
}

impl Book {
    /// A new book for this tor, or the one that is found, by the command that makes it.
    pub(crate) fn open(made_with: &'static str, tor: Option<&Path>) -> Result<Self> {
        let executable = match tor {
            Some(path) => path.to_owned(),
            None => find_tor()?.path().to_owned(),
        };
        let mut book = Self {
            made_with,
            executable,
            tor_version: String::new(),
            recordings: BTreeMap::new(),
            setups: BTreeMap::new(),
        };
        book.tor_version = book.start(&Setup::NULL)?.version().to_owned();
        Ok(book)
    }

    /// The command that makes this book: other books' files are not its business.
    pub(crate) fn made_with(&self) -> &'static str {
        self.made_with
    }

    pub(crate) fn executable(&self) -> &Path {
        &self.executable
    }

    /// As `0.4.9.11`.
    pub(crate) fn tor_version(&self) -> &str {
        &self.tor_version
    }

    /// The files by their paths.
    pub(crate) fn recordings(&self) -> &BTreeMap<String, Recording> {
        &self.recordings
    }

    /// The set-ups by their names, each as the torrc that the tor itself would save.
    pub(crate) fn setups(&self) -> &BTreeMap<&'static str, String> {
        &self.setups
    }

    pub(crate) fn len(&self) -> usize {
        self.recordings.len()
    }

    /// Starts a tor, and notes its set-up.
    pub(crate) fn start(&mut self, setup: &Setup) -> Result<Tor> {
        let auth = AuthConfig {
            cookie: setup.cookie,
            passwords: setup.password.iter().map(|&word| word.into()).collect(),
        };
        let tor = Tor::builder()
            .executable(&self.executable)
            .listen(Listen::Unix)
            .auth(auth)
            .torrc(setup.torrc, format!("set-up {:?}", setup.name))
            .start()?;
        self.note_setup(setup.name, &mut tor.client()?, tor.folder())?;
        Ok(tor)
    }

    /// Notes a set-up, unless it is known.
    pub(crate) fn note_setup(
        &mut self,
        name: &'static str,
        client: &mut Client,
        folder: &Path,
    ) -> Result<()> {
        if !self.setups.contains_key(name) {
            let torrc = client.get_info("config-text")?;
            let torrc = normalize::recorded("", folder, torrc.as_bytes());
            self.setups.insert(name, String::from_utf8(torrc)?);
        }
        Ok(())
    }

    /// Adds a file; `folder` is that of its tor.
    pub(crate) fn add(
        &mut self,
        path: impl Into<String>,
        folder: &Path,
        mut recording: Recording,
    ) -> Result<()> {
        let path = path.into();
        recording.bytes = normalize::recorded(&path, folder, &recording.bytes);
        match self.recordings.insert(path.clone(), recording) {
            Some(_) => bail!("{path} was recorded twice: give one of the two another path"),
            None => Ok(()),
        }
    }

    /// Sends one line, and adds the reply.
    pub(crate) fn ask(
        &mut self,
        path: impl Into<String>,
        setup: &Setup,
        tor: &Tor,
        client: &mut Client,
        line: &str,
    ) -> Result<()> {
        self.ask_all(path, setup, tor, client, &[line]).map(drop)
    }

    /// Sends several, and adds the reply to the last.
    pub(crate) fn ask_all(
        &mut self,
        path: impl Into<String>,
        setup: &Setup,
        tor: &Tor,
        client: &mut Client,
        lines: &[&str],
    ) -> Result<OwnedMessage> {
        let (command, reply) =
            ask_all(client, lines).with_context(|| format!("set-up {:?}", setup.name))?;
        let folder = tor.folder();
        self.add_message(path, Kind::Reply, setup.name, folder, &command, &reply)?;
        Ok(reply)
    }

    /// Adds a reply or an event.
    pub(crate) fn add_message(
        &mut self,
        path: impl Into<String>,
        kind: Kind,
        setup: &'static str,
        folder: &Path,
        command: &str,
        message: &OwnedMessage,
    ) -> Result<()> {
        let recording = Recording {
            kind,
            command: command.into(),
            setup,
            bytes: message.as_message().as_bytes().into(),
        };
        self.add(path, folder, recording)
    }
}
