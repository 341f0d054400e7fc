//! What a control port offers.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::auth::{Cookie, HashedPassword};
use crate::reply::{AuthMethod, ProtocolInfo};

/// What a control port offers, and what it checks against.
#[derive(Clone, Debug, Default)]
pub struct ServerOffer {
    /// The cookie, and the path of its file.
    pub cookie: Option<(Cookie, Vec<u8>)>,
    /// Passwords, any of which will do.
    pub passwords: Vec<HashedPassword>,
    /// tor's version, for PROTOCOLINFO.
    pub version: String,
}

impl ServerOffer {
    /// What PROTOCOLINFO says.
    #[must_use]
    pub fn protocol_info(&self) -> ProtocolInfo<'_> {
        let mut methods = Vec::new();
        if self.cookie.is_some() {
            methods.extend([AuthMethod::Cookie, AuthMethod::SafeCookie]);
        }
        if !self.passwords.is_empty() {
            methods.push(AuthMethod::HashedPassword);
        }
        if methods.is_empty() {
            methods.push(AuthMethod::Null);
        }
        ProtocolInfo {
            version: "1",
            methods,
            cookie_file: self
                .cookie
                .as_ref()
                .map(|(_, path)| Cow::Borrowed(path.as_slice())),
            tor_version: Some(Cow::Borrowed(self.version.as_bytes())),
            others: Vec::new(),
        }
    }
}
