//! The suites, built.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use super::target::RunsOn;
use crate::cargo::{self, Metadata};

const PACKAGE: &str = "tor-harness-suites";

/// The suite `examples` runs the command of this package.
const COMMAND: &str = "tor-harness-cli";

/// The suites, and how they were built.
pub(crate) struct Build {
    pub(crate) suites: Vec<Suite>,
    pub(crate) opt_level: String,
    /// Where a suite runs, as under cargo: its package's folder.
    pub(crate) folder: PathBuf,
}

/// One suite: a program.
pub(crate) struct Suite {
    pub(crate) name: String,
    pub(crate) program: PathBuf,
    /// Where it makes sense.
    pub(crate) runs_on: RunsOn,
}

/// Builds all suites; cargo shows its progress and the compiler's messages on stderr.
pub(crate) fn build(metadata: &Metadata) -> Result<Build> {
    cargo::run(&mut cargo::cargo(&["build", "-p", COMMAND]))?;
    let package = metadata.package(PACKAGE)?;
    let mut child = cargo::cargo(&[
        "test",
        "-p",
        PACKAGE,
        "--no-run",
        "--message-format=json-render-diagnostics",
    ])
    .stdout(Stdio::piped())
    .spawn()
    .context("cannot run cargo")?;
    let stdout = child.stdout.take().context("cargo's output was piped")?;
    let mut programs = Vec::new();
    for line in BufReader::new(stdout).lines() {
        programs.extend(Program::from_message(&line?)?);
    }
    if !child.wait()?.success() {
        bail!("the suites do not build; cargo says above why");
    }
    programs.sort_by(|a, b| a.name.cmp(&b.name));

    let opt_level = programs.first().map(|program| program.opt_level.clone());
    let mut lists = Lists::read(&package.metadata)?;
    let suites: Vec<_> = programs
        .into_iter()
        .map(|program| Suite {
            runs_on: lists.take(&program.name),
            name: program.name,
            program: program.path,
        })
        .collect();
    if let Some(name) = lists.0.keys().next() {
        bail!("{PACKAGE}'s Cargo.toml lists {name}, but there is no such suite");
    }
    Ok(Build {
        suites,
        opt_level: opt_level.with_context(|| format!("{PACKAGE} has no suites"))?,
        folder: package
            .manifest_path
            .parent()
            .map(Path::to_owned)
            .unwrap_or_default(),
    })
}

/// An integration test that cargo has built.
#[derive(Debug, PartialEq, Eq)]
struct Program {
    name: String,
    path: PathBuf,
    opt_level: String,
}

impl Program {
    /// Reads a line of cargo's; other messages are passed over.
    fn from_message(line: &str) -> Result<Option<Self>> {
        #[derive(Deserialize)]
        struct Message {
            reason: String,
            target: Option<cargo::Target>,
            profile: Option<Profile>,
            executable: Option<PathBuf>,
        }
        #[derive(Deserialize)]
        struct Profile {
            opt_level: String,
        }

        let message: Message = serde_json::from_str(line)
            .with_context(|| format!("not a message of cargo's: {line}"))?;
        Ok(match message {
            Message {
                reason,
                target: Some(target),
                profile: Some(profile),
                executable: Some(path),
            } if reason == "compiler-artifact" && target.kind == ["test"] => Some(Self {
                name: target.name,
                path,
                opt_level: profile.opt_level,
            }),
            _ => None,
        })
    }
}

/// `[package.metadata.tor-harness] fixtureless = [...]`
/// The suites that the package lists, as not all targets are for them.
struct Lists(BTreeMap<String, RunsOn>);

impl Lists {
    fn read(metadata: &serde_json::Value) -> Result<Self> {
        let mut all = BTreeMap::new();
        for (list, runs_on) in RunsOn::LISTS {
            if let Some(names) = metadata.pointer(&format!("/tor-harness/{list}")) {
                let names: Vec<String> =
                    serde_json::from_value(names.clone()).with_context(|| {
                        format!("{PACKAGE}'s Cargo.toml: {list} should be a list of names")
                    })?;
                all.extend(names.into_iter().map(|name| (name, runs_on)));
            }
        }
        Ok(Self(all))
    }

    fn take(&mut self, suite: &str) -> RunsOn {
        self.0.remove(suite).unwrap_or(RunsOn::Fixtures)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn programs_are_found_among_messages() {
        let artifact = |kind: &str, executable: serde_json::Value| {
            json!({
                "reason": "compiler-artifact",
                "target": {"name": "auth", "kind": [kind], "test": true},
                "profile": {"opt_level": "0", "test": true},
                "executable": executable,
            })
        };
        let suite = Program {
            name: "auth".to_owned(),
            path: "deps/auth-1".into(),
            opt_level: "0".to_owned(),
        };
        for (message, expected) in [
            (artifact("test", json!("deps/auth-1")), Some(suite)),
            (artifact("lib", json!("deps/auth-1")), None),
            (artifact("lib", json!(null)), None),
            (json!({"reason": "build-finished", "success": true}), None),
        ] {
            assert_eq!(
                Program::from_message(&message.to_string()).unwrap(),
                expected,
                "{message}"
            );
        }
        assert!(Program::from_message("error").is_err());
    }

    #[test]
    fn suites_are_listed_if_at_all() {
        let read = |lists| Lists::read(&json!({ "tor-harness": lists }));
        let mut lists = read(json!({"fixtureless": ["recordings"], "offline": ["auth"]})).unwrap();
        assert_eq!(lists.take("recordings"), RunsOn::None);
        assert_eq!(lists.take("auth"), RunsOn::Offline);
        assert_eq!(lists.take("info"), RunsOn::Fixtures);
        assert!(lists.0.is_empty());
        assert!(Lists::read(&json!(null)).unwrap().0.is_empty());
        assert!(read(json!({"fixtureless": "recordings"})).is_err());
    }
}
