//! Whether a started tor is ready.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tor_harness_client::{Client, Credentials};
use tor_harness_scratch::Folder;
use tor_harness_types::Endpoint;

use crate::error::Error;
use crate::executable::Executable;
use crate::log::Log;
use crate::process::Process;

/// How many lines of the log an error shows.
const SHOWN: usize = 20;
/// How long after a broken connection the end of tor's output may come.
const LAST_WORDS: Duration = Duration::from_millis(200);

const NO_CONTROL_PORT: &str =
    "the line `Opened Control listener connection (ready) on ...` from tor";
const NO_ANSWER: &str = "tor's answers on its control port";

/// What opens the control port.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) cookie_file: Option<PathBuf>,
    pub(crate) password: Option<String>,
}

/// What a tor that is ready has said.
pub(crate) struct Ready {
    pub(crate) endpoint: Endpoint,
    pub(crate) version: String,
}

/// Why a tor is not ready.
pub(crate) enum NotReady {
    Ended,
    Late(&'static str),
    Refused(tor_harness_client::Error),
}

/// Waits for the line that names the control port, then for its answers.
pub(crate) fn wait(log: &Log, access: &Access, deadline: Instant) -> Result<Ready, NotReady> {
    let known = log
        .wait_until(deadline, |known| known.control_port.is_some())
        .ok_or(NotReady::Late(NO_CONTROL_PORT))?;
    let Some(endpoint) = known.control_port else {
        return Err(NotReady::Ended);
    };
    let left = deadline.saturating_duration_since(Instant::now());
    match access.connect(&endpoint, left) {
        Ok(_) => Ok(Ready {
            endpoint,
            version: known.version.unwrap_or_default(),
        }),
        Err(_) if Instant::now() >= deadline => Err(NotReady::Late(NO_ANSWER)),
        // Did tor end, or does it refuse?
        Err(error) => match log.wait_until(Instant::now() + LAST_WORDS, |_| false) {
            Some(_) => Err(NotReady::Ended),
            None => Err(NotReady::Refused(error)),
        },
    }
}

impl Access {
    /// Opens a control connection and authenticates with what tor accepts.
    pub(crate) fn connect(
        &self,
        endpoint: &Endpoint,
        deadline: Duration,
    ) -> Result<Client, tor_harness_client::Error> {
        let mut client = Client::connect(endpoint, deadline)?;
        // tor opens its port before it writes the cookie's file; the client
        // reads that only after tor's first answer, when it is there.
        client.authenticate(&self.credentials())?;
        Ok(client)
    }

    fn credentials(&self) -> Credentials {
        match (&self.cookie_file, &self.password) {
            (Some(file), _) => Credentials::SafeCookie(file.clone()),
            (None, Some(password)) => Credentials::Password(password.clone()),
            (None, None) => Credentials::Null,
        }
    }
}

impl NotReady {
    /// Ends the tor, and says what is known of it.
    pub(crate) fn explain(
        self,
        process: &mut Process,
        folder: &mut Folder,
        executable: &Executable,
        started: Instant,
    ) -> Error {
        let waited = started.elapsed();
        let status = match process.end() {
            Ok(status) => status,
            Err(source) => return Error::system("end tor")(source),
        };
        if let Err(error @ (Error::NotTor { .. } | Error::NoVersion { .. })) = executable.version()
        {
            return error;
        }
        let evidence = folder.keep_if_wanted().into();
        let all = process.log().tail();
        let log = last_lines(&all, SHOWN);
        match self {
            Self::Ended if all.contains("[err] Reading config failed") => Error::BadTorrc {
                problems: problems(&all),
                evidence,
            },
            Self::Ended => Error::Died {
                executable: executable.path().to_owned(),
                status,
                waited: Some(waited),
                log,
                evidence,
            },
            Self::Late(expected) => Error::NeverReady {
                expected,
                waited,
                log,
                evidence,
            },
            Self::Refused(source) => Error::Control {
                source: Box::new(source),
                log,
                evidence,
            },
        }
    }
}

pub(crate) fn last_lines(log: &str, count: usize) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// The lines that say what is wrong, without their time.
fn problems(log: &str) -> String {
    let problems: Vec<&str> = log
        .lines()
        .filter_map(|line| {
            line.find("[warn]")
                .or_else(|| line.find("[err]"))
                .and_then(|at| line.get(at..))
        })
        .collect();
    problems.join("\n")
}
