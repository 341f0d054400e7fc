//! Who a port says it is.

use tor_harness_types::Endpoint;

/// Who a port says it is, where a real tor asks its system.
///
/// [`Mock::builder`](crate::Mock::builder) asks the system as well; a
/// [`ControlPort`](crate::ControlPort) by itself is told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Persona {
    /// The folder with `torrc`, `defaults-torrc` and `data`; not looked at.
    pub folder: String,
    /// `ControlPort`, as torrc has it: `127.0.0.1:auto`, or `unix:` with a path.
    pub control_port: String,
    /// Where it listens.
    pub endpoint: Endpoint,
    /// `process/pid`.
    pub pid: u32,
    /// `process/uid`.
    pub uid: u32,
    /// `process/user`.
    pub user: String,
    /// The time at its start, in seconds since 1970.
    pub started: u64,
}

impl Default for Persona {
    /// One that is the same everywhere.
    fn default() -> Self {
        Self {
            folder: "/mock".into(),
            control_port: "unix:/mock/control".into(),
            endpoint: Endpoint::Unix("/mock/control".into()),
            pid: 1,
            uid: 0,
            user: "root".into(),
            started: 0,
        }
    }
}

impl Persona {
    /// A file of the folder.
    pub(crate) fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// The path of the cookie's file.
    #[must_use]
    pub fn cookie_file(&self) -> String {
        self.file("data/control_auth_cookie")
    }
}
