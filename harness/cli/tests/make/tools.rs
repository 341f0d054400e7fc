//! Commands in a folder of their own.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The command.
const PROGRAM: &str = env!("CARGO_BIN_EXE_tor-harness");

/// A folder in which commands are run.
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

    /// A shell that takes this line, as people type it, in the folder.
    pub(crate) fn shell(&self, line: &str) -> Command {
        let programs = PROGRAM.rsplit_once('/').unwrap().0;
        let path = format!("{programs}:{}", std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).env("PATH", path);
        shell.current_dir(&self.folder).stdin(Stdio::null());
        shell
    }

    pub(crate) fn run(&self, line: &str) -> Output {
        self.shell(line).output().unwrap()
    }

    /// What it prints, which has to be nothing but good.
    #[track_caller]
    pub(crate) fn good(&self, line: &str) -> String {
        let output = self.run(line);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*complaint), (Some(0), ""), "{line}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The paths of all that is in the folder, in order, folders with a `/` behind them.
    pub(crate) fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            // What is being written may be gone again.
            for entry in folder.read_dir().into_iter().flatten().flatten() {
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
