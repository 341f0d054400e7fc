//! Waiting with a deadline for what processes leave in the system.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

/// How long it is waited for what should be gone. The promise is a second; but
/// a busy machine is no broken promise, and timing decides no test.
pub(crate) const PROMISED: Duration = Duration::from_secs(20);

/// Looks until a condition holds; the condition says what is still wrong.
pub(crate) fn until(
    deadline: Duration,
    condition: impl Fn() -> Result<(), String>,
) -> Result<(), Failed> {
    let started = Instant::now();
    loop {
        match condition() {
            Ok(()) => return Ok(()),
            Err(wrong) if started.elapsed() > deadline => {
                return Err(format!("after {:.1?}: {wrong}", started.elapsed()).into());
            }
            Err(_) => thread::park_timeout(Duration::from_millis(2)),
        }
    }
}

/// Nothing is left of a folder: no process names it, and it is gone.
pub(crate) fn nothing_left(folder: &Path) -> Result<(), String> {
    no_process_left(folder)?;
    if folder.exists() {
        return Err(format!("{} is left", folder.display()));
    }
    Ok(())
}

/// No process names a folder.
pub(crate) fn no_process_left(folder: &Path) -> Result<(), String> {
    match &*processes_naming(folder) {
        [] => Ok(()),
        left => Err(format!("processes {left:?} of {} live", folder.display())),
    }
}

/// The numbers of the processes whose command line names a path.
pub(crate) fn processes_naming(path: &Path) -> Vec<u32> {
    let path = path.to_str().expect("a printable path");
    // It may be another's beginning.
    let names = |command: &str| {
        let mut behind = command.split(path).skip(1);
        behind.any(|rest| rest.starts_with(['/', '\0']))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").expect("/proc").flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse() else {
            continue;
        };
        // A process that ends meanwhile has none.
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if names(&String::from_utf8_lossy(&command)) {
            found.push(pid);
        }
    }
    found
}
