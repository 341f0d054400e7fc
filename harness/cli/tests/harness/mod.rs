//! The command with a folder that has to be empty again in the end.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The command with a folder for its temporary files, which has to be empty
/// again in the end.
pub(crate) struct Harness {
    pub(crate) folder: TempDir,
}

impl Harness {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tor-harness"));
        command
            .args(words)
            .env("TMPDIR", self.folder.path())
            .env("TOR_SOCKS_PORT", "inherited");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Starts it without COMMAND: what it announces, and the process.
    pub(crate) fn start(&self, words: &[&str]) -> (serde_json::Value, Child) {
        let mut child = self.command(words).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let announcement = serde_json::from_str(&line).unwrap_or_else(|error| {
            let mut complaint = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut complaint)
                .unwrap();
            panic!("expected JSON, got {line:?}: {error}; {complaint}")
        });
        (announcement, child)
    }

    /// Waits until nothing is left behind.
    pub(crate) fn assert_clean(&self) {
        let end = Instant::now() + Duration::from_secs(10);
        let left = || {
            fs::read_dir(self.folder.path())
                .unwrap()
                .map(|e| e.unwrap().path())
                .collect::<Vec<_>>()
        };
        while !left().is_empty() {
            assert!(Instant::now() < end, "left behind: {:?}", left());
            std::thread::yield_now();
        }
    }
}
