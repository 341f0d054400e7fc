//! What networks leave in the system.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use tor_harness::process::TestNetwork;

use crate::Result;

/// How long it is looked for what should be gone.
const PATIENCE: Duration = Duration::from_secs(20);

/// The folders of a network's nodes.
pub(crate) fn folders(network: &TestNetwork) -> Vec<PathBuf> {
    let nodes = network.nodes().iter();
    nodes.map(|node| node.tor().folder().to_owned()).collect()
}

/// Fails where a process or a folder of these is left.
pub(crate) fn nothing_left(folders: &[PathBuf]) -> Result<()> {
    if let Some(left) = folders.iter().find(|folder| folder.exists()) {
        return Err(format!("{} is left", left.display()).into());
    }
    match processes_of(folders)?.as_slice() {
        [] => Ok(()),
        left => Err(format!("processes {left:?} are left").into()),
    }
}

/// The numbers of the processes whose command line names one of the folders.
pub(crate) fn processes_of(folders: &[PathBuf]) -> Result<Vec<u32>> {
    let numbers = fs::read_dir("/proc")?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    Ok(numbers.filter(|number| is_of(*number, folders)).collect())
}

/// Whether a process's command line names one of the folders; that of one that has ended does not.
pub(crate) fn is_of(number: u32, folders: &[PathBuf]) -> bool {
    let command = fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
    let mut words = command.split(|byte| *byte == 0);
    words.any(|word| {
        let word = Path::new(std::str::from_utf8(word).unwrap_or_default());
        folders.iter().any(|folder| word.starts_with(folder))
    })
}

/// How long it takes until something is so, or why it is not.
pub(crate) fn until(expected: &str, is_so: impl Fn() -> bool) -> Result<Duration> {
    let start = Instant::now();
    while !is_so() {
        if start.elapsed() > PATIENCE {
            return Err(format!("not within {PATIENCE:?}: {expected}").into());
        }
        thread::park_timeout(Duration::from_millis(1));
    }
    Ok(start.elapsed())
}
