//! Why there is no tor, or no network of them, or not what was asked of it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use tor_harness_traffic::Status;

use crate::network::{SpecError, StreamError};
use crate::torrc::TorrcError;

/// Why there is no tor, or no network, or not what was asked of it, with what was expected, what
/// came, what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A name without a slash that no folder of `PATH` has.
    #[error("there is no executable `{name}` in PATH ({path}); {}", to_have(name))]
    NotOnPath {
        /// What was looked for.
        name: String,
        /// The value of `PATH`.
        path: String,
    },

    /// Nothing that speaks obfs4.
    #[error(
        "expected an executable `obfs4proxy` or `lyrebird` in PATH, or one that TOR_HARNESS_OBFS4 \
         (here {0:?}) names; install it (Debian, Ubuntu: apt-get install obfs4proxy)"
    )]
    NoObfs4(String),

    /// No Arti.
    #[error(
        "expected an executable `arti` in PATH, or one that TOR_HARNESS_ARTI (here {0:?}) names; \
         try cargo install arti"
    )]
    NoArti(String),

    /// A path at which there is nothing.
    #[error("expected a tor executable at {}, but there is nothing", .0.display())]
    NoSuchFile(PathBuf),

    /// A path at which there is a folder.
    #[error("expected a tor executable at {path}, but it is a folder; did you mean {path}/tor?", path = .0.display())]
    IsFolder(PathBuf),

    /// A file that this user may not execute.
    #[error(
        "expected a tor executable at {path}, but the file is not executable; try chmod +x {path}",
        path = .0.display()
    )]
    NotExecutable(PathBuf),

    /// A file that the system would not execute.
    #[error("could not run {}: {source}", path.display())]
    Unrunnable {
        /// The executable.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },

    /// A program that is not tor.
    #[error(
        "{} is not tor: expected `--version` to print `Tor version X.`, got {output:?}",
        path.display()
    )]
    NotTor {
        /// The executable.
        path: PathBuf,
        /// What `--version` printed.
        output: String,
    },

    /// A program that does not end when it is asked for its version.
    #[error("{} is not tor: `--version` did not end within {within:.1?}", path.display())]
    NoVersion {
        /// The executable.
        path: PathBuf,
        /// How long that was waited for.
        within: Duration,
    },

    /// A torrc line that would break a promise of the harness.
    #[error(transparent)]
    Torrc(#[from] TorrcError),

    /// A file that would lie elsewhere.
    #[error("the file {0:?} leaves tor's folder: write a relative path without `..`")]
    FileOutside(String),

    /// A file in the place of one of the harness's own.
    #[error("the name of the file {0:?} is the harness's: write to another, or into a folder")]
    FileTaken(String),

    /// Nodes that are no network.
    #[error(transparent)]
    Spec(#[from] SpecError),

    /// A node of a network that failed.
    #[error("node `{nickname}`: {source}")]
    Node {
        /// Which.
        nickname: String,
        /// What happened to it.
        source: Box<Self>,
    },

    /// A consensus that no node would have taken.
    #[error("could not publish a consensus: {0}")]
    Unpublished(&'static str),

    /// What a node of a network was waited for did not come.
    #[error(
        "{source}\nits last lines:{}\nthe nodes of the network:{}",
        indented(log),
        indented(nodes)
    )]
    Awaited {
        /// What was expected, what came instead.
        source: Box<tor_harness_client::Error>,
        /// The last lines of its log.
        log: String,
        /// How all nodes are, a line each, where all were started.
        nodes: String,
    },

    /// Nothing, or something else, came through a node of a network.
    #[error(
        "{source}\nits last lines:{}\nthe nodes of the network:{}",
        indented(log),
        indented(nodes)
    )]
    Stream {
        /// What was expected, what came instead.
        source: Box<StreamError>,
        /// The last lines of its log.
        log: String,
        /// How all nodes are, a line each.
        nodes: String,
    },

    /// A node that takes no streams.
    #[error("expected a client of a network, got `{0}`, which has no SOCKS port")]
    NoSocks(String),

    /// A node that has no onion service from its start.
    #[error(
        "expected an onion service, got `{0}`, which has none: add NodeSpec::onion_service, or wait \
         for what Node::onion gives"
    )]
    NoService(String),

    /// A network in which nobody could do it.
    #[error("expected a client in the network, got none: add NodeSpec::client")]
    NoClient,

    /// An address that others could reach.
    #[error("expected a loopback address to listen at, got {0}; try 127.0.0.1:0")]
    NotLoopback(std::net::SocketAddr),

    /// A Unix socket's path at which there is something, which tor would remove.
    #[error("expected a free path for the Unix socket, but {} exists", .0.display())]
    SocketExists(PathBuf),

    /// A Unix socket's path that does not fit into its address.
    #[error(
        "the Unix socket's path {} has {} bytes, the system allows {}; set TMPDIR to a shorter path",
        .0.display(), .0.as_os_str().len(), tor_harness_types::Endpoint::LONGEST_PATH
    )]
    SocketPathTooLong(PathBuf),

    /// The folder of a tor, or what goes into it, that could not be made or removed.
    #[error("the folder for tor: {0}")]
    Folder(#[source] io::Error),

    /// Work on the harness's own files or processes that failed.
    #[error("could not {what}: {source}")]
    System {
        /// What was to be done, to what.
        what: String,
        /// The system's word.
        source: io::Error,
    },

    /// tor refused its configuration.
    #[error("tor refused its configuration:{}{evidence}", indented(problems))]
    BadTorrc {
        /// The lines of level `[warn]` or `[err]`.
        problems: String,
        /// What it left behind.
        evidence: Evidence,
    },

    /// tor ended by itself.
    #[error(
        "{} ended by itself ({status}){}; its last lines:{}{evidence}",
        executable.display(), after(.waited.as_ref()), indented(log)
    )]
    Died {
        /// The tor.
        executable: PathBuf,
        /// How it ended.
        status: ExitStatus,
        /// How long it lived, where that was while it started.
        waited: Option<Duration>,
        /// The last lines of its log.
        log: String,
        /// What it left behind.
        evidence: Evidence,
    },

    /// tor runs, but did not come up, or end, in time.
    #[error(
        "expected {expected}, waited {waited:.1?}; tor's last lines:{}{evidence}",
        indented(log)
    )]
    NeverReady {
        /// What did not come.
        expected: &'static str,
        /// How long that was waited for.
        waited: Duration,
        /// The last lines of tor's log.
        log: String,
        /// What it left behind.
        evidence: Evidence,
    },

    /// The control port answers, but not as it should.
    #[error(
        "the control port of tor does not answer as it should: {source}\ntor's last lines:{}{evidence}",
        indented(log)
    )]
    Control {
        /// What came instead.
        source: Box<tor_harness_client::Error>,
        /// The last lines of tor's log.
        log: String,
        /// What it left behind.
        evidence: Evidence,
    },
}

impl Error {
    pub(crate) fn system(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::System { what, source }
    }

    /// What the SOCKS port of a node said, if it refused a stream.
    #[must_use]
    pub fn socks_status(&self) -> Option<Status> {
        match self {
            Self::Node { source, .. } => source.socks_status(),
            Self::Stream { source, .. } => match &**source {
                StreamError::Socks(source) => source.status(),
                _ => None,
            },
            _ => None,
        }
    }

    /// An error that says which node of a network it is about.
    pub(crate) fn of_node(self, nickname: &str) -> Self {
        Self::Node {
            nickname: nickname.to_owned(),
            source: Box::new(self),
        }
    }
}

/// What a failed tor left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its folder, where `TOR_HARNESS_KEEP=1` kept it.
    pub kept: Option<PathBuf>,
}

impl From<Option<&Path>> for Evidence {
    fn from(kept: Option<&Path>) -> Self {
        Self {
            kept: kept.map(Path::to_owned),
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kept {
            Some(folder) => write!(f, "\nkept in {}", folder.display()),
            None => f.write_str("\n(TOR_HARNESS_KEEP=1 keeps the folder of such a tor)"),
        }
    }
}

/// What to do for an executable of a name.
fn to_have(name: &str) -> &'static str {
    match name {
        "tor" => {
            "install it (Debian, Ubuntu: apt-get install tor; Fedora: dnf install tor) or name \
             another by TOR_HARNESS_TOR"
        }
        _ => "put one there, or name one by its path",
    }
}

fn after(waited: Option<&Duration>) -> String {
    waited.map_or_else(String::new, |time| format!(" after {time:.1?}"))
}

fn indented(lines: &str) -> String {
    if lines.is_empty() {
        return "\n    (none)".to_owned();
    }
    lines.lines().map(|line| format!("\n    {line}")).collect()
}
