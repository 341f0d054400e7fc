//! This process's folder for all of its folders.
//!
//! A shell guards it, which outlives the process just long enough to clean up.

use std::fs::{self, DirBuilder};
use std::io::{self, PipeWriter};
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// This process's folder for all of its folders, which is there while it has any.
pub(crate) struct Session {
    folder: PathBuf,
    folders: Mutex<Folders>,
    _guard: Option<Guard>,
}

/// The variable by which the guard knows what a folder's command has started.
pub(crate) const COMMAND_OF: &str = "TOR_HARNESS_COMMAND_OF";

/// The shell that removes the folder once its owner is gone.
struct Guard {
    /// It acts when this closes, which is when the process ends.
    _lifeline: PipeWriter,
    shell: Child,
}

/// How many folders there are, and were.
#[derive(Default)]
struct Folders {
    present: u64,
    ever: u64,
}

impl Session {
    /// The one session of this process, started when first asked for.
    pub(crate) fn of_this_process() -> io::Result<&'static Self> {
        static SESSION: Mutex<Option<&Session>> = Mutex::new(None);
        let mut session = SESSION.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = *session {
            return Ok(running);
        }
        Ok(*session.insert(Box::leak(Box::new(Self::start()?))))
    }

    /// Makes one more folder.
    pub(crate) fn make_folder(&self) -> io::Result<PathBuf> {
        let mut folders = self.folders();
        if folders.present == 0 && folders.ever > 0 {
            private().create(&self.folder)?;
        }
        let folder = self.folder.join(folders.ever.to_string());
        private().create(&folder)?;
        folders.present += 1;
        folders.ever += 1;
        Ok(folder)
    }

    /// Removes a folder; with the last one the session's goes.
    pub(crate) fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)?;
        let mut folders = self.folders();
        folders.present -= 1;
        if folders.present == 0 {
            fs::remove_dir(&self.folder)?;
        }
        Ok(())
    }

    fn folders(&self) -> MutexGuard<'_, Folders> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start() -> io::Result<Self> {
        let parent = match std::env::temp_dir() {
            // TMPDIR= is as good as none.
            empty if empty.as_os_str().is_empty() => PathBuf::from("/tmp"),
            parent => std::path::absolute(parent)?,
        };
        let made = tempfile::Builder::new()
            .prefix("tor-harness-")
            .make_in(&parent, guarded_folder)
            .and_then(|made| Ok(made.keep()?))
            .map_err(|error| because(format!("make a folder in {}", parent.display()), &error))?;
        let (guard, folder) = made;
        Ok(Self {
            folder,
            folders: Mutex::default(),
            _guard: guard,
        })
    }
}

/// The error with what was to be done.
pub(crate) fn because(what: impl std::fmt::Display, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("could not {what}: {error}"))
}

/// Starts the guard of a folder, then makes that: whoever is killed in between
/// leaves nothing.
///
/// Where there is no shell, as in a container that holds one binary, there is no
/// guard: what a killed owner leaves goes with the container.
fn guarded_folder(folder: &Path) -> io::Result<Option<Guard>> {
    let mut guard = match start_guard(folder) {
        Ok(guard) => Some(guard),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(because("start the guard, /bin/sh", &error)),
    };
    private().create(folder).inspect_err(|_| {
        // The folder is another's, and not the guard's to remove.
        if let Some(guard) = &mut guard {
            let _ = guard.shell.kill();
            let _ = guard.shell.wait();
        }
    })?;
    Ok(guard)
}

/// Makes folders that only this user can enter.
fn private() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

/// Starts the shell; a process group of its own keeps Ctrl-C away from it.
fn start_guard(folder: &Path) -> io::Result<Guard> {
    let (owner_gone, lifeline) = io::pipe()?;
    let shell = Command::new("/bin/sh")
        .args(["-c", include_str!("guard.sh"), "tor-harness-guard"])
        .arg(folder)
        // It may itself run for another's command, and ends that one's orphans.
        .env_remove(COMMAND_OF)
        .current_dir("/")
        .stdin(owner_gone)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    Ok(Guard {
        _lifeline: lifeline,
        shell,
    })
}
