//! The folder of one fixture.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::owned_file::OwnedFile;
use crate::session::{COMMAND_OF, Session, because};

/// A folder that only this user can enter, removed when dropped unless kept.
///
/// The guard knows the names `pid`, `command`, `file`, `keep`, `socket` in it.
pub struct Folder {
    session: &'static Session,
    path: PathBuf,
    state: State,
    socket: Option<PathBuf>,
    file: Option<OwnedFile>,
}

#[derive(PartialEq, Eq)]
enum State {
    Present,
    Kept,
    Removed,
}

impl Folder {
    /// Makes a folder under the system's folder for temporary files.
    ///
    /// # Errors
    /// If it cannot be made, or the guard cannot be started.
    pub fn create() -> io::Result<Self> {
        let session = Session::of_this_process()?;
        let path = session.make_folder()?;
        Ok(Self {
            session,
            path,
            state: State::Present,
            socket: None,
            file: None,
        })
    }

    /// Where it is: an absolute path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file for the number of a process that leads its group and names the
    /// folder in its command line: the guard kills the group.
    #[must_use]
    pub fn pid_file(&self) -> PathBuf {
        self.path.join("pid")
    }

    /// Writes a file that only this user can read, and gives its path.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, name: &str, contents: &[u8]) -> io::Result<PathBuf> {
        let path = self.path.join(name);
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path)
            .and_then(|mut file| file.write_all(contents))
            .map_err(|error| because(format!("write {}", path.display()), &error))?;
        Ok(path)
    }

    /// Takes over a socket elsewhere: it goes with the folder.
    ///
    /// # Errors
    /// If the guard cannot be told.
    pub fn owns_socket(&mut self, socket: &Path) -> io::Result<()> {
        // The guard works elsewhere.
        let socket = std::path::absolute(socket)?;
        self.write("socket", format!("{}\n", socket.display()).as_bytes())?;
        self.socket = Some(socket);
        Ok(())
    }

    /// Takes over a file elsewhere, which is there or about to be moved there: it goes with the
    /// folder, unless another has taken its place.
    ///
    /// # Errors
    /// If the guard cannot be told.
    pub fn owns_file(&mut self, path: &Path, file: &File) -> io::Result<()> {
        let owned = OwnedFile::new(path, file)?;
        self.write("file", owned.note()?.as_bytes())?;
        self.file = Some(owned);
        Ok(())
    }

    /// Takes over a command that is to be started: where this process is
    /// killed, the guard kills the command, and what that has started, unless it
    /// runs in an environment of its own.
    ///
    /// # Errors
    /// If the guard cannot be told.
    pub fn owns_command(&self, command: &mut Command) -> io::Result<()> {
        self.write("command", b"")?;
        // With a slash at its end it is no other folder's beginning.
        command.env(COMMAND_OF, self.path.join(""));
        Ok(())
    }

    /// Keeps the folder of a failure if `TOR_HARNESS_KEEP=1`; its path if it
    /// is kept.
    pub fn keep_if_wanted(&mut self) -> Option<&Path> {
        let is_wanted = std::env::var_os("TOR_HARNESS_KEEP").is_some_and(|value| value == "1");
        if self.state == State::Present && is_wanted && self.write("keep", b"").is_ok() {
            self.state = State::Kept;
        }
        (self.state == State::Kept).then_some(&self.path)
    }

    /// Removes the folder, unless kept.
    ///
    /// # Errors
    /// If it cannot be removed; the guard tries again when the process ends.
    pub fn remove(&mut self) -> io::Result<()> {
        if let Some(socket) = self.socket.take() {
            // It may never have been made, or have been removed.
            let _ = fs::remove_file(socket);
        }
        if let Some(file) = self.file.take() {
            file.remove();
        }
        if self.state != State::Present {
            return Ok(());
        }
        self.state = State::Removed;
        self.session
            .remove_folder(&self.path)
            .map_err(|error| because(format!("remove the folder {}", self.path.display()), &error))
    }
}

impl std::fmt::Debug for Folder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Folder").field(&self.path).finish()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left is the guard's.
        let _ = self.remove();
    }
}
