//! The command in a folder of its own.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The command.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_tor-harness");

/// A folder in which the command is run.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A program that begins in the folder.
    pub(crate) fn program(&self, program: &str, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(words).current_dir(&self.folder);
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        self.program(PROGRAM, words).output().unwrap()
    }

    /// What it prints, which has to be nothing but good.
    #[track_caller]
    pub(crate) fn good(&self, words: &[&str]) -> Vec<u8> {
        let output = self.run(words);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), &*complaint),
            (Some(0), ""),
            "{words:?}"
        );
        output.stdout
    }

    /// The paths of all that is in the folder, in order, folders with a `/` behind them.
    pub(crate) fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().unwrap().map(Result::unwrap) {
                let path = entry.path();
                let inside = path.strip_prefix(&self.folder).unwrap();
                let is_folder = entry.file_type().unwrap().is_dir();
                let end = if is_folder { "/" } else { "" };
                all.push(format!("{}{end}", inside.display()));
                folders.extend(is_folder.then_some(path));
            }
        }
        all.sort();
        all
    }
}
