//! What is not whole yet: out of sight, for this user alone, gone unless it is kept.

use std::fs::{self, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context as _, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use tempfile::{Builder, NamedTempFile, TempDir};

/// How its name begins.
const PREFIX: &str = ".tor-harness-";

/// While it is locked no signal ends the command.
static STATE: Mutex<State> = Mutex::new(State::Nothing);

enum State {
    /// There is nothing that a signal would leave.
    Nothing,
    /// A file or a folder that a signal has to take away.
    Unfinished(PathBuf),
    /// All is in its place: it is too late for a signal.
    Finished,
}

/// From here on a signal first takes away what is unfinished, and then ends the command as it would
/// have without this.
pub(super) fn listen() -> Result<()> {
    let ignored = ignored();
    let listened = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
        .into_iter()
        .filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let mut signals = Signals::new(listened).context("listening to signals")?;
    thread::spawn(move || {
        for signal in &mut signals {
            let state = state();
            match &*state {
                State::Finished => continue,
                State::Unfinished(path) => remove(path),
                State::Nothing => {}
            }
            // It does not come back, and so nothing is written behind it.
            let _ = emulate_default_handler(signal);
        }
    });
    Ok(())
}

/// No signal ends the command in the middle of this.
pub(super) fn undisturbed<T>(action: impl FnOnce() -> T) -> T {
    let _state = state();
    action()
}

/// Puts what is unfinished in its place; from then on it is too late for a signal.
pub(super) fn finish(action: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut state = state();
    action()?;
    *state = State::Finished;
    Ok(())
}

/// A new file in a folder, for those whom the mode and the umask say.
pub(super) fn file(folder: &Path, mode: u32) -> io::Result<NamedTempFile> {
    let mut state = state();
    let file = create(folder, mode)?;
    *state = State::Unfinished(file.path().into());
    Ok(file)
}

/// A new folder in a folder, for this user alone.
pub(super) fn folder(folder: &Path) -> io::Result<TempDir> {
    check(folder)?;
    let mut state = state();
    let folder = Builder::new()
        .prefix(PREFIX)
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(folder)?;
    *state = State::Unfinished(folder.path().into());
    Ok(folder)
}

/// Says why there can be none in this folder.
pub(super) fn check(folder: &Path) -> io::Result<()> {
    undisturbed(|| create(folder, 0o600).map(drop))
}

/// By hand, so that an error does not say what the file is called until it is finished.
fn create(folder: &Path, mode: u32) -> io::Result<NamedTempFile> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(mode);
    Builder::new()
        .prefix(PREFIX)
        .make_in(folder, |path| options.open(path))
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes away a file or a folder.
fn remove(path: &Path) {
    // After an error both threads do so, and each may stumble over what the other one took.
    for _ in 0..100 {
        if path.symlink_metadata().is_err() {
            return;
        }
        let _ = fs::remove_dir_all(path).or_else(|_| fs::remove_file(path));
    }
}

/// The signals that are ignored already, as behind `nohup`: signal 1 is the lowest bit. They stay so.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok())
        .unwrap_or(0)
}
