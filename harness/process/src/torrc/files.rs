//! The files that a tor reads, in its folder.

use std::ffi::OsString;
use std::path::Path;

use tor_harness_scratch::Folder;

use crate::error::Error;

const TORRC: &str = "torrc";
const DEFAULTS_TORRC: &str = "defaults-torrc";

/// The folder of its data in that.
pub(crate) const DATA: &str = "data";

/// Writes a tor's torrc; the defaults, which would be the system's, are empty.
pub(crate) fn write(folder: &Folder, torrc: &str) -> Result<(), Error> {
    for (name, text) in [(TORRC, torrc), (DEFAULTS_TORRC, "")] {
        folder.write(name, text.as_bytes()).map_err(Error::Folder)?;
    }
    Ok(())
}

/// The beginning of a tor's command line. An option given there wins over any
/// torrc, also when tor reads that again: what keeps the promises goes there.
pub(crate) fn arguments(folder: &Path) -> Vec<OsString> {
    let file = |name: &str| folder.join(name).into_os_string();
    vec![
        "-f".into(),
        file(TORRC),
        "--defaults-torrc".into(),
        file(DEFAULTS_TORRC),
        "--DataDirectory".into(),
        file(DATA),
        "--RunAsDaemon".into(),
        "0".into(),
    ]
}
