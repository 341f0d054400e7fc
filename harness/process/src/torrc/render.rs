//! What a throwaway tor is told: its torrc, its command line.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

use super::check::Extra;
use super::files;
use crate::control_port::ControlPort;

/// What is set unless the user's lines set it. Reading Debian's GeoIP files
/// costs ten times as much as all the rest of the start.
const DEFAULTS: &[(&str, &str)] = &[
    ("SocksPort", "0"),
    ("GeoIPFile", "/dev/null"),
    ("GeoIPv6File", "/dev/null"),
];

/// Everything that tor is told.
pub(crate) struct Config<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) control_port: &'a ControlPort,
    pub(crate) extra: &'a [Extra],
}

impl Config<'_> {
    /// The command line.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let mut arguments = files::arguments(self.folder);
        arguments.extend(["--DisableNetwork".into(), "1".into()]);
        arguments.extend(self.control_port.arguments());
        arguments
    }

    /// The text of the torrc.
    pub(crate) fn torrc(&self) -> String {
        // The harness learns from this log when the control port is open.
        let mut torrc = "Log notice stdout\n".to_owned();
        for (option, value) in DEFAULTS {
            if !self.extra.iter().any(|extra| extra.sets(option)) {
                let _ = writeln!(torrc, "{option} {value}");
            }
        }
        torrc.push_str(&self.control_port.torrc());
        let folder = self.folder.to_string_lossy();
        for Extra { origin, text } in self.extra {
            let _ = write!(
                torrc,
                "# {}\n{}\n",
                origin.escape_debug(),
                text.replace("{dir}", &folder)
            );
        }
        torrc
    }
}
