//! What a throwaway tor is told: its torrc, its command line.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tor_harness_control::auth::{AuthConfig, HashedPassword};
use tor_harness_types::Endpoint;

use super::check::Extra;
use super::files::{self, DATA};

/// What is set unless the user's lines set it. Reading Debian's GeoIP files
/// costs ten times as much as all the rest of the start.
const DEFAULTS: &[(&str, &str)] = &[
    ("SocksPort", "0"),
    ("GeoIPFile", "/dev/null"),
    ("GeoIPv6File", "/dev/null"),
];

/// One that need not be secret: it salts the passwords of throwaway tors.
const SALT: [u8; 8] = *b"throaway";

/// Everything that tor is told.
pub(crate) struct Config<'a> {
    pub(crate) folder: &'a Path,
    /// Port 0 lets the system choose.
    pub(crate) listen: &'a Endpoint,
    pub(crate) auth: &'a AuthConfig,
    pub(crate) extra: &'a [Extra],
}

impl Config<'_> {
    /// The command line.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let mut arguments = files::arguments(self.folder);
        arguments.extend([
            "--DisableNetwork".into(),
            "1".into(),
            "--ControlPort".into(),
            control_port(self.listen, self.folder).into(),
            "--CookieAuthentication".into(),
            u8::from(self.auth.cookie).to_string().into(),
        ]);
        arguments
    }

    /// The cookie's file, which tor writes if it is told to use one.
    pub(crate) fn cookie_file(&self) -> Option<PathBuf> {
        let file = self.folder.join(DATA).join("control_auth_cookie");
        self.auth.cookie.then_some(file)
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
        for password in &self.auth.passwords {
            let hashed = HashedPassword::new(password, SALT);
            let _ = writeln!(torrc, "HashedControlPassword {hashed}");
        }
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

/// The value of `ControlPort` for an endpoint.
fn control_port(listen: &Endpoint, folder: &Path) -> String {
    match listen {
        Endpoint::Tcp(_) => listen.torrc_value(),
        Endpoint::Unix(path) => {
            let quote = if path.contains(char::is_whitespace) {
                "\""
            } else {
                ""
            };
            // Who may enter the folder of the user's own path is the user's matter.
            let relaxed = if Path::new(path).starts_with(folder) {
                ""
            } else {
                " RelaxDirModeCheck"
            };
            format!("unix:{quote}{path}{quote}{relaxed}")
        }
    }
}
