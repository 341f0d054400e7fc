//! The folder of one tor.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Evidence};
use crate::session::Session;

/// The folder of one tor, removed when dropped unless kept.
///
/// The guard knows the names `pid`, `keep`, `socket` in it.
pub(crate) struct Folder {
    session: &'static Session,
    path: PathBuf,
    state: State,
    socket: Option<PathBuf>,
}

#[derive(PartialEq, Eq)]
enum State {
    Present,
    Kept,
    Removed,
}

impl Folder {
    pub(crate) fn create() -> Result<Self, Error> {
        let session = Session::of_this_process()?;
        let path = session
            .make_folder()
            .map_err(Error::system("make a folder for tor"))?;
        Ok(Self {
            session,
            path,
            state: State::Present,
            socket: None,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn pid_file(&self) -> PathBuf {
        self.path.join("pid")
    }

    pub(crate) fn write(&self, name: &str, contents: &str) -> Result<(), Error> {
        let path = self.path.join(name);
        fs::write(&path, contents)
            .map_err(Error::system(format!("write the file {}", path.display())))
    }

    /// Takes over a socket that tor makes elsewhere: it goes with the folder.
    pub(crate) fn owns_socket(&mut self, socket: &Path) -> Result<(), Error> {
        self.write("socket", &format!("{}\n", socket.display()))?;
        self.socket = Some(socket.to_owned());
        Ok(())
    }

    /// Keeps the folder of a failure, if the user wants that.
    pub(crate) fn keep_if_wanted(&mut self) -> Evidence {
        let is_wanted = std::env::var_os("TOR_HARNESS_KEEP").is_some_and(|value| value == "1");
        if self.state == State::Present && is_wanted && self.write("keep", "").is_ok() {
            self.state = State::Kept;
        }
        Evidence {
            kept: (self.state == State::Kept).then(|| self.path.clone()),
        }
    }

    /// Removes the folder, unless kept.
    pub(crate) fn remove(&mut self) -> io::Result<()> {
        if let Some(socket) = self.socket.take() {
            // tor may not have made it, or have removed it itself.
            let _ = fs::remove_file(socket);
        }
        if self.state != State::Present {
            return Ok(());
        }
        self.state = State::Removed;
        self.session.remove_folder(&self.path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The guard tries again when the process ends.
        let _ = self.remove();
    }
}
