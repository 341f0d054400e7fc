//! Who this process is.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use tor_harness_types::Endpoint;

use crate::world::Persona;

/// The persona of a tor that this process is, with a folder of its own.
pub(super) fn of_this_process(folder: &Path, endpoint: Endpoint, control_port: String) -> Persona {
    let uid = fs::metadata(folder)
        .map(|meta| meta.uid())
        .unwrap_or_default();
    let started = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|since| since.as_secs())
        .unwrap_or_default();
    Persona {
        folder: folder.to_string_lossy().into_owned(),
        control_port,
        endpoint,
        pid: std::process::id(),
        uid,
        user: user(uid).unwrap_or_else(|| uid.to_string()),
        started,
    }
}

/// The name of a user, as the system's list has it.
fn user(uid: u32) -> Option<String> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let number: u32 = fields.nth(1)?.parse().ok()?;
        (number == uid).then(|| name.to_owned())
    })
}
