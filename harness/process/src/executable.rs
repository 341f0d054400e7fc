//! The tor to run: found, checked, asked for its version.

use std::collections::HashMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use nix::unistd::{AccessFlags, access};

use crate::error::Error;
use crate::process::Process;

/// How long `--version` may take.
const VERSION_DEADLINE: Duration = Duration::from_secs(10);

/// Finds the tor to test with: the one that the environment variable
/// `TOR_HARNESS_TOR` names, or else `tor` on `PATH`.
///
/// It is not run, so it may still turn out not to be tor.
///
/// # Errors
/// Where there is none, or it is a folder or not executable.
pub fn find_tor() -> Result<Executable, Error> {
    match env::var_os("TOR_HARNESS_TOR") {
        Some(name) if !name.is_empty() => Executable::named(name),
        _ => Executable::named("tor"),
    }
}

/// Finds the program that speaks obfs4: the one that the environment variable
/// `TOR_HARNESS_OBFS4` names, or else `obfs4proxy` or `lyrebird` on `PATH`.
///
/// # Errors
/// Where there is none, or it is a folder or not executable.
pub fn find_obfs4proxy() -> Result<Executable, Error> {
    let named = env::var("TOR_HARNESS_OBFS4").unwrap_or_default();
    let found = match named.is_empty() {
        true => Executable::named("obfs4proxy").or_else(|_| Executable::named("lyrebird")),
        false => Executable::named(&named),
    };
    found.map_err(|_| Error::NoObfs4(named))
}

/// Finds the Arti to test with: the one that the environment variable `TOR_HARNESS_ARTI` names, or
/// else `arti` on `PATH`.
///
/// # Errors
/// Where there is none, or it is a folder or not executable.
pub fn find_arti() -> Result<Executable, Error> {
    let named = env::var("TOR_HARNESS_ARTI").unwrap_or_default();
    let found = match named.is_empty() {
        true => Executable::named("arti"),
        false => Executable::named(&named),
    };
    found.map_err(|_| Error::NoArti(named))
}

/// A file that may be executed, and should be tor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Executable {
    path: PathBuf,
    /// What it is run by.
    wrapper: Vec<OsString>,
}

impl Executable {
    /// Takes a path; a bare name is looked for on `PATH`.
    ///
    /// # Errors
    /// Where there is nothing, or it is a folder or not executable.
    pub fn named(name: impl AsRef<OsStr>) -> Result<Self, Error> {
        let name = name.as_ref();
        let path = Path::new(name);
        if name.as_encoded_bytes().contains(&b'/') {
            check(path)?;
            // tor gets another working directory.
            let path =
                std::path::absolute(path).map_err(Error::system("read the working directory"))?;
            return Ok(Self::at(path));
        }
        let folders = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&folders)
            .filter_map(|folder| std::path::absolute(folder.join(name)).ok())
            .find(|path| check(path).is_ok())
            .map(Self::at)
            .ok_or_else(|| Error::NotOnPath {
                name: name.to_string_lossy().into_owned(),
                path: folders.to_string_lossy().into_owned(),
            })
    }

    fn at(path: PathBuf) -> Self {
        let wrapper = Vec::new();
        Self { path, wrapper }
    }

    /// The same, run by a command that its path and arguments are added to.
    pub(crate) fn wrapped(self, wrapper: Vec<OsString>) -> Self {
        Self { wrapper, ..self }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says its version is, as `0.4.9.11`; asked once for each file
    /// and time of its last change, which takes some milliseconds.
    ///
    /// # Errors
    /// When it cannot be run or is not tor.
    pub fn version(&self) -> Result<String, Error> {
        static KNOWN: Mutex<Option<HashMap<(PathBuf, SystemTime), String>>> = Mutex::new(None);
        let changed = fs::metadata(&self.path)
            .and_then(|metadata| metadata.modified())
            .map_err(Error::system(format!("read {}", self.path.display())))?;
        let key = (self.path.clone(), changed);
        let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(version) = known().get_or_insert_default().get(&key) {
            return Ok(version.clone());
        }
        let version = self.ask_version(VERSION_DEADLINE)?;
        known().get_or_insert_default().insert(key, version.clone());
        Ok(version)
    }

    /// A command that runs it in a folder, with nothing of the user's
    /// environment but what is needed to find programs and libraries.
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let needed = env::vars_os()
            .filter(|(name, _)| name == "PATH" || name.as_encoded_bytes().starts_with(b"LD_"));
        let mut words = self
            .wrapper
            .iter()
            .map(OsString::as_os_str)
            .chain([self.path.as_os_str()]);
        let mut command = Command::new(words.next().unwrap_or_default());
        command
            .args(words)
            .env_clear()
            .envs(needed)
            .env("HOME", folder)
            .env("LC_ALL", "C")
            .current_dir(folder);
        command
    }

    fn ask_version(&self, within: Duration) -> Result<String, Error> {
        let bare = Self::at(self.path.clone());
        let mut command = bare.command(Path::new("/"));
        // Asked for this, tor looks for no torrc.
        command.arg("--version");
        let process = Process::start(command, None, None).map_err(|source| Error::Unrunnable {
            path: self.path.clone(),
            source,
        })?;
        let deadline = Instant::now() + within;
        let ended = process.log().wait_until(deadline, |known| known.ended);
        let output = process.log().tail();
        if let Some(version) = version_in(&output) {
            return Ok(version.to_owned());
        }
        let path = self.path.clone();
        match ended {
            None => Err(Error::NoVersion { path, within }),
            Some(_) => Err(Error::NotTor {
                path,
                output: output.lines().take(3).collect::<Vec<_>>().join("\n"),
            }),
        }
    }
}

fn check(path: &Path) -> Result<(), Error> {
    let metadata = fs::metadata(path).map_err(|_| Error::NoSuchFile(path.to_owned()))?;
    if metadata.is_dir() {
        return Err(Error::IsFolder(path.to_owned()));
    }
    access(path, AccessFlags::X_OK).map_err(|_| Error::NotExecutable(path.to_owned()))
}

/// Finds `Tor version 0.4.9.11.`, whatever wrappers print around it.
fn version_in(output: &str) -> Option<&str> {
    let version = output
        .lines()
        .find_map(|line| line.strip_prefix("Tor version "))?
        .trim_end_matches('.');
    version
        .starts_with(|first: char| first.is_ascii_digit())
        .then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_version_among_other_lines() {
        for (output, version) in [
            ("Tor version 0.4.9.11.\nThis build ...\n", Some("0.4.9.11")),
            (
                "wrapper: starting\nTor version 0.4.8.1-alpha (git-1a2b).\n",
                Some("0.4.8.1-alpha (git-1a2b)"),
            ),
            ("Tor version unknown", None),
            ("GNU bash, version 5.2", None),
            ("", None),
        ] {
            assert_eq!(version_in(output), version, "{output:?}");
        }
    }

    #[test]
    fn gives_up_asking_for_a_version() {
        let mute = Executable::named(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fakes/hangs-at-version"
        ))
        .unwrap();
        let error = mute.ask_version(Duration::from_millis(1)).unwrap_err();
        let expected = "/hangs-at-version is not tor: `--version` did not end within 1.0ms";
        assert!(error.to_string().ends_with(expected), "{error}");
    }

    #[test]
    fn looks_for_bare_names_on_the_path() {
        assert!(Executable::named("sh").is_ok_and(|sh| sh.path().ends_with("sh")));
        let error = Executable::named("no-such-tor").unwrap_err().to_string();
        assert!(
            error.contains("`no-such-tor`") && error.contains("name one by its path"),
            "{error}"
        );
    }
}
