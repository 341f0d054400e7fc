//! The control port that a tor is told to open.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tor_harness_control::auth::{AuthConfig, HashedPassword};
use tor_harness_scratch::Folder;
use tor_harness_types::{Endpoint, Listen};

use crate::error::Error;
use crate::ready::Access;
use crate::torrc::files::DATA;

/// One that need not be secret: it salts the passwords of throwaway tors.
const SALT: [u8; 8] = *b"throaway";

/// What a control port should be like.
#[derive(Clone, Debug, Default)]
pub(crate) struct ControlPortSpec {
    pub(crate) listen: Listen,
    pub(crate) auth: AuthConfig,
}

/// A control port with its place, before its tor has started.
#[derive(Debug)]
pub(crate) struct ControlPort {
    folder: PathBuf,
    /// Port 0 lets the system choose.
    endpoint: Endpoint,
    auth: AuthConfig,
}

impl ControlPortSpec {
    /// Refuses a place beyond loopback, or one that is taken.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.listen {
            Listen::At(Endpoint::Tcp(address)) if !address.ip().is_loopback() => {
                Err(Error::NotLoopback(*address))
            }
            Listen::At(Endpoint::Unix(path)) if Path::new(path).symlink_metadata().is_ok() => {
                Err(Error::SocketExists(path.into()))
            }
            _ => Ok(()),
        }
    }

    /// Gives it its place; a socket outside of tor's folder becomes the folder's to remove.
    pub(crate) fn place(&self, folder: &mut Folder) -> Result<ControlPort, Error> {
        let endpoint = match &self.listen {
            Listen::Tcp => Endpoint::Tcp(([127, 0, 0, 1], 0).into()),
            Listen::Unix => socket(&folder.path().join("control"))?,
            Listen::At(Endpoint::Tcp(address)) => Endpoint::Tcp(*address),
            Listen::At(Endpoint::Unix(path)) => {
                let path = std::path::absolute(path)
                    .map_err(Error::system("read the working directory"))?;
                let socket = socket(&path)?;
                folder.owns_socket(&path).map_err(Error::Folder)?;
                socket
            }
        };
        Ok(ControlPort {
            folder: folder.path().to_owned(),
            endpoint,
            auth: self.auth.clone(),
        })
    }
}

impl ControlPort {
    /// Its part of the command line.
    pub(crate) fn arguments(&self) -> [OsString; 4] {
        [
            "--ControlPort".into(),
            self.value().into(),
            "--CookieAuthentication".into(),
            u8::from(self.auth.cookie).to_string().into(),
        ]
    }

    /// Its part of the torrc.
    pub(crate) fn torrc(&self) -> String {
        let mut torrc = String::new();
        for password in &self.auth.passwords {
            let hashed = HashedPassword::new(password, SALT);
            let _ = writeln!(torrc, "HashedControlPassword {hashed}");
        }
        torrc
    }

    /// What opens it.
    pub(crate) fn access(&self) -> Access {
        // tor writes the file if it is told to use a cookie.
        let file = self.folder.join(DATA).join("control_auth_cookie");
        Access {
            cookie_file: self.auth.cookie.then_some(file),
            password: self.auth.passwords.first().cloned(),
        }
    }

    /// The value of `ControlPort`.
    fn value(&self) -> String {
        let Endpoint::Unix(path) = &self.endpoint else {
            return self.endpoint.torrc_value();
        };
        let quote = match path.contains(char::is_whitespace) {
            true => "\"",
            false => "",
        };
        // Who may enter the folder of the user's own path is the user's matter.
        let relaxed = match Path::new(path).starts_with(&self.folder) {
            true => "",
            false => " RelaxDirModeCheck",
        };
        format!("unix:{quote}{path}{quote}{relaxed}")
    }
}

fn socket(path: &Path) -> Result<Endpoint, Error> {
    if path.as_os_str().len() > Endpoint::LONGEST_PATH {
        return Err(Error::SocketPathTooLong(path.to_owned()));
    }
    Ok(Endpoint::Unix(path.to_string_lossy().into_owned()))
}
