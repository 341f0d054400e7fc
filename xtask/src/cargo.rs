//! Cargo, as a command that is run here.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::sync::LazyLock;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

/// What `cargo metadata` says about the workspace.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub(crate) target_directory: PathBuf,
    pub(crate) packages: Vec<Package>,
}

#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) targets: Vec<Target>,
    pub(crate) metadata: serde_json::Value,
}

#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `None` for a normal dependency, `dev` or `build` for the others.
    pub(crate) kind: Option<String>,
    pub(crate) optional: bool,
    /// Only dependencies inside the workspace have one.
    pub(crate) path: Option<PathBuf>,
}

#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Vec<String>,
}

impl Metadata {
    pub(crate) fn read() -> Result<Self> {
        let mut command = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
        let output = command
            .output()
            .with_context(|| format!("cannot run {}", shown(&command)))?;
        if !output.status.success() {
            bail!(
                "{} failed:\n{}",
                shown(&command),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        serde_json::from_slice(&output.stdout).context("cannot read what cargo metadata says")
    }

    pub(crate) fn package(&self, name: &str) -> Result<&Package> {
        self.packages
            .iter()
            .find(|package| package.name == name)
            .with_context(|| format!("the workspace has no package {name}"))
    }
}

/// Cargo in the workspace's root, with these arguments.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// The workspace's root.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        // Cargo's word first: a target folder may be shared, or moved here with what was built
        // elsewhere.
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&xtask).parent();
        root.expect("xtask is a folder of the workspace").to_owned()
    });
    &ROOT
}

/// Runs a command that talks to the user by itself; an error if it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// The same, for one whose exit status means something: it becomes ours.
pub(crate) fn run_through(command: &mut Command) -> Result<ExitCode> {
    let status = status(command)?;
    match status.code().map(u8::try_from) {
        Some(Ok(code)) => Ok(code.into()),
        _ => bail!("{} failed ({status})", shown(command)),
    }
}

fn status(command: &mut Command) -> Result<ExitStatus> {
    command
        .status()
        .with_context(|| format!("cannot run {}", shown(command)))
}

/// A command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_else(|| command.get_program());
    let words: Vec<_> = std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_statuses_are_passed_on() {
        for (script, expected) in [
            ("exit 0", Ok(ExitCode::SUCCESS)),
            ("exit 1", Ok(ExitCode::from(1))),
            ("exit 2", Ok(ExitCode::from(2))),
            (
                "kill -9 $$",
                Err("sh -c kill -9 $$ failed (signal: 9 (SIGKILL))"),
            ),
        ] {
            let got = run_through(Command::new("sh").args(["-c", script]));
            let got = got.map_err(|error| error.to_string());
            assert_eq!(format!("{got:?}"), format!("{expected:?}"), "{script}");
        }
    }
}
