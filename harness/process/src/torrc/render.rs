//! What a throwaway tor is told: its torrc, its command line.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use tor_harness_control::auth::{AuthConfig, HashedPassword};
use tor_harness_scratch::Folder;
use tor_harness_types::Endpoint;

use super::check::Extra;
use crate::error::Error;

/// The file names in tor's folder.
const TORRC: &str = "torrc";
const DEFAULTS_TORRC: &str = "defaults-torrc";
const DATA: &str = "data";

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
    /// The files for tor's folder: their names, their text.
    pub(crate) fn files(&self) -> [(&'static str, String); 2] {
        [(TORRC, self.torrc()), (DEFAULTS_TORRC, String::new())]
    }

    /// Writes a file into the data directory, in which it stays: a name is no path.
    pub(crate) fn write_data(
        &self,
        folder: &Folder,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Error> {
        let data = self.folder.join(DATA);
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&data);
        made.map_err(Error::system(format!("make {}", data.display())))?;
        if Path::new(name).file_name() != Some(OsStr::new(name)) {
            let problem =
                format!("expected the name of a file in the data directory, got {name:?}");
            return Err(Error::Folder(io::Error::new(
                io::ErrorKind::InvalidInput,
                problem,
            )));
        }
        folder
            .write(&format!("{DATA}/{name}"), bytes)
            .map_err(Error::Folder)?;
        Ok(())
    }

    /// The command line. An option given here wins over any torrc, also when
    /// tor reads that again, so what keeps the promises is here.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let file = |name: &str| self.folder.join(name).into_os_string();
        let flag = |on: bool| OsString::from(if on { "1" } else { "0" });
        vec![
            "-f".into(),
            file(TORRC),
            "--defaults-torrc".into(),
            file(DEFAULTS_TORRC),
            "--DataDirectory".into(),
            file(DATA),
            "--DisableNetwork".into(),
            flag(true),
            "--RunAsDaemon".into(),
            flag(false),
            "--ControlPort".into(),
            control_port(self.listen, self.folder).into(),
            "--CookieAuthentication".into(),
            flag(self.auth.cookie),
        ]
    }

    /// The cookie's file, which tor writes if it is told to use one.
    pub(crate) fn cookie_file(&self) -> Option<std::path::PathBuf> {
        let file = self.folder.join(DATA).join("control_auth_cookie");
        self.auth.cookie.then_some(file)
    }

    fn torrc(&self) -> String {
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
        Endpoint::Tcp(address) if address.port() == 0 => {
            let address = address.to_string();
            address.trim_end_matches('0').to_owned() + "auto"
        }
        Endpoint::Tcp(address) => address.to_string(),
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
