//! The tor that is tested with.

use std::env;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::error::Usage;

/// The variable that says which tor to use, read here and set for the suites.
pub(crate) const VARIABLE: &str = "TOR_HARNESS_TOR";

/// A program has this long to say its version; tor needs some 10 ms.
const VERSION_DEADLINE: Duration = Duration::from_secs(10);

/// A tor that answers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tor {
    pub(crate) path: PathBuf,
    pub(crate) version: String,
}

/// The tor that the flag names, or else the variable, or else the one on PATH, if there is one.
///
/// # Errors
/// [`Usage`] when what was named is no tor.
pub(crate) fn find(flag: Option<&Path>) -> Result<Option<Tor>> {
    let variable = env::var_os(VARIABLE).filter(|value| !value.is_empty());
    let (source, name) = match (flag, variable) {
        (Some(name), _) => ("--tor: ", name.to_owned()),
        (None, Some(name)) => ("TOR_HARNESS_TOR: ", name.into()),
        (None, None) => ("", PathBuf::from("tor")),
    };
    let path = if name.as_os_str().as_encoded_bytes().contains(&b'/') {
        std::path::absolute(&name)?
    } else {
        match on_path(&name) {
            Some(path) => path,
            None if source.is_empty() => return Ok(None),
            None => {
                let name = name.display();
                let problem =
                    format!("{source}there is no {name} on PATH; a file here is ./{name}");
                return Err(Usage(problem).into());
            }
        }
    };
    match check(&path) {
        Ok(version) => Ok(Some(Tor { path, version })),
        Err(problem) => Err(Usage(format!("{source}{} {problem}", path.display())).into()),
    }
}

fn on_path(name: &Path) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .filter_map(|folder| std::path::absolute(folder.join(name)).ok())
        .find(|path| fs::metadata(path).is_ok_and(|it| it.is_file() && is_executable(&it)))
}

fn is_executable(metadata: &fs::Metadata) -> bool {
    metadata.permissions().mode() & 0o111 != 0
}

/// The version of the tor at that path, or what is wrong with it.
fn check(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| format!("cannot be used: {error}"))?;
    if metadata.is_dir() {
        return Err("is a folder; the program tor was expected".to_owned());
    }
    if !is_executable(&metadata) {
        return Err("is not executable; the program tor was expected".to_owned());
    }
    let output = output_of_version(path)?;
    version(&output).ok_or_else(|| {
        let first = output.lines().next().unwrap_or_default();
        format!("is not tor: `--version` should print `Tor version ...`, but printed `{first}`")
    })
}

fn output_of_version(path: &Path) -> Result<String, String> {
    let mut child = Command::new(path)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("cannot be run: {error}"))?;
    let stdout = child.stdout.take().expect("it is piped");
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut output = Vec::new();
        let read = stdout.take(4096).read_to_end(&mut output);
        let _ = sender.send(read.map(|_| output));
    });
    let output = receiver.recv_timeout(VERSION_DEADLINE);
    // It has said what it had to say, or never will.
    let _ = child.kill();
    let _ = child.wait();
    match output {
        Ok(Ok(bytes)) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Ok(Err(error)) => Err(format!("cannot be read: {error}")),
        Err(_) => Err(format!(
            "is not tor: `--version` did not end within {VERSION_DEADLINE:?}"
        )),
    }
}

/// `Tor version 0.4.9.11.` may have lines of the log before it.
fn version(output: &str) -> Option<String> {
    output
        .lines()
        .find_map(|line| line.split_once("Tor version "))
        .map(|(_, version)| version.trim_end().trim_end_matches('.').to_owned())
        .filter(|version| version.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (output, expected) in [
            (
                "Tor version 0.4.9.11.\nThis build of Tor ...\n",
                Some("0.4.9.11"),
            ),
            (
                "Tor version 0.4.8.0-alpha-dev (git-ea2ada6).\n",
                Some("0.4.8.0-alpha-dev (git-ea2ada6)"),
            ),
            (
                "Nov 21 [notice] something\nTor version 0.4.7.16.\n",
                Some("0.4.7.16"),
            ),
            ("true (GNU coreutils) 9.1\n", None),
            ("Tor version unknown\n", None),
            ("", None),
        ] {
            assert_eq!(version(output).as_deref(), expected, "{output:?}");
        }
    }

    #[test]
    fn what_is_no_tor_is_explained() {
        for (path, expected) in [
            ("/nowhere/tor", "cannot be used: No such file"),
            ("/", "is a folder"),
            (
                concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
                "is not executable",
            ),
            (
                "/bin/true",
                "is not tor: `--version` should print `Tor version ...`, but printed `",
            ),
            ("/usr/bin/yes", "is not tor"),
        ] {
            let problem = check(Path::new(path)).unwrap_err();
            assert!(problem.starts_with(expected), "{path}: {problem}");
        }
    }
}
