//! What of others the tests use.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tor_harness::Announcement;

/// The path of what `.ci/install` puts into the folder `target`, as `venv/bin/python`.
///
/// It may not be there: a test that needs it is skipped then.
pub fn installed(path: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    target.canonicalize().unwrap_or(target).join(path)
}

/// The Python of `TOR_HARNESS_PYTHON`, or the one that `.ci/install` makes.
pub fn python() -> PathBuf {
    env::var_os("TOR_HARNESS_PYTHON").map_or_else(|| installed("venv/bin/python"), PathBuf::from)
}

/// Whether that Python has a library.
pub fn imports(library: &str) -> bool {
    let mut import = Command::new(python());
    import
        .arg("-c")
        .arg(format!("import {library}"))
        .stderr(Stdio::null());
    import.status().is_ok_and(|status| status.success())
}

/// A program of `clients`, in the Python that has the libraries.
pub fn client(program: &str) -> Command {
    let mut command = Command::new(python());
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
    command.arg(clients.join(program));
    command
}

/// Has a program find a fixture in its environment.
pub fn finds(command: &mut Command, fixture: &Announcement) {
    for (variable, value) in fixture.environment() {
        match value {
            Some(value) => command.env(variable, value),
            None => command.env_remove(variable),
        };
    }
}
