//! Which ways to authenticate a control port offers.

use alloc::string::String;
use alloc::vec::Vec;

/// Which ways to authenticate a control port offers; with neither, anyone may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AuthConfig {
    /// COOKIE and SAFECOOKIE, which tor offers together.
    pub cookie: bool,
    /// Passwords, any of which will do.
    pub passwords: Vec<String>,
}

impl AuthConfig {
    /// Anyone may: the method NULL.
    #[must_use]
    pub fn null() -> Self {
        Self::default()
    }

    /// This, and the cookie.
    #[must_use]
    pub fn and_cookie(mut self) -> Self {
        self.cookie = true;
        self
    }

    /// This, and a password.
    #[must_use]
    pub fn and_password(mut self, password: impl Into<String>) -> Self {
        self.passwords.push(password.into());
        self
    }

    /// Whether anyone may.
    #[must_use]
    pub fn is_null(&self) -> bool {
        !self.cookie && self.passwords.is_empty()
    }
}
