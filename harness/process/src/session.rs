//! This process's folder for its tors.
//!
//! A shell guards it, which outlives the process just long enough to clean up.

use std::fs::{self, DirBuilder, Permissions};
use std::io::{self, PipeWriter};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;

/// This process's folder for its tors, which is there while it has any.
pub(crate) struct Session {
    folder: PathBuf,
    tors: Mutex<Tors>,
    /// The guard acts when this closes, which is when the process ends.
    _lifeline: PipeWriter,
    _guard: Child,
}

/// How many folders of tors there are, and were.
#[derive(Default)]
struct Tors {
    present: u64,
    ever: u64,
}

impl Session {
    /// The one session of this process, started when first asked for.
    pub(crate) fn of_this_process() -> Result<&'static Self, Error> {
        static SESSION: Mutex<Option<&Session>> = Mutex::new(None);
        let mut session = SESSION.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = *session {
            return Ok(running);
        }
        Ok(*session.insert(Box::leak(Box::new(Self::start()?))))
    }

    /// Makes a folder for one more tor.
    pub(crate) fn make_folder(&self) -> io::Result<PathBuf> {
        let mut tors = self.tors();
        if tors.present == 0 && tors.ever > 0 {
            private().create(&self.folder)?;
        }
        let folder = self.folder.join(tors.ever.to_string());
        private().create(&folder)?;
        tors.present += 1;
        tors.ever += 1;
        Ok(folder)
    }

    /// Removes the folder of a tor; with the last one the session's goes.
    pub(crate) fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)?;
        let mut tors = self.tors();
        tors.present -= 1;
        if tors.present == 0 {
            fs::remove_dir(&self.folder)?;
        }
        Ok(())
    }

    fn tors(&self) -> MutexGuard<'_, Tors> {
        self.tors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start() -> Result<Self, Error> {
        let parent = std::env::temp_dir();
        let folder = free_folder(&parent).map_err(Error::system(format!(
            "make a folder in {}",
            parent.display()
        )))?;
        let (guard, lifeline) = start_guard(&folder).map_err(|error| {
            let _ = fs::remove_dir(&folder);
            Error::system("start the guard, /bin/sh")(error)
        })?;
        Ok(Self {
            folder,
            tors: Mutex::default(),
            _lifeline: lifeline,
            _guard: guard,
        })
    }
}

/// Makes a folder under a name that nobody has.
fn free_folder(parent: &Path) -> io::Result<PathBuf> {
    let folder = tempfile::Builder::new()
        .prefix("tor-harness-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(std::path::absolute(parent)?)?;
    Ok(folder.keep())
}

/// Makes folders that only this user can enter.
fn private() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

/// Starts the shell; a process group of its own keeps Ctrl-C away from it.
fn start_guard(folder: &Path) -> io::Result<(Child, PipeWriter)> {
    let (owner_gone, lifeline) = io::pipe()?;
    let guard = Command::new("/bin/sh")
        .args(["-c", include_str!("guard.sh"), "tor-harness-guard"])
        .arg(folder)
        .current_dir("/")
        .stdin(owner_gone)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    Ok((guard, lifeline))
}
