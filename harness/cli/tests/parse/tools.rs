//! The command in a folder with files.

use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A good server descriptor.
pub(crate) fn recorded() -> &'static str {
    fixture("netdoc/server-descriptor/lone-relay")
}

pub(crate) fn fixture(path: &str) -> &'static str {
    let recorded = tor_harness::fixtures::find(path).map(|fixture| fixture.bytes);
    let written = || tor_harness::fixtures::find_written(path).map(|written| written.bytes);
    std::str::from_utf8(recorded.or_else(written).unwrap()).unwrap()
}

pub(crate) fn command(folder: &TempDir, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tor-harness"));
    command
        .arg("parse")
        .args(words)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs it in a folder with these files.
pub(crate) fn run(files: &[(&str, &str)], words: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    command(&folder, words).output().unwrap()
}

pub(crate) fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(crate) fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
