//! What a controller authenticates with, before any file is read.

use std::fs;
use std::path::{Path, PathBuf};

use tor_harness_control::auth::{COOKIE_LENGTH, Cookie, Secret};

use crate::error::Error;

/// What a controller authenticates with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Nothing.
    Null,
    /// A password.
    Password(String),
    /// The cookie in this file, sent as it is.
    Cookie(PathBuf),
    /// The cookie in this file, which both sides prove to know.
    SafeCookie(PathBuf),
}

impl Credentials {
    /// Whether a file is read for it.
    pub(crate) fn needs_file(&self) -> bool {
        matches!(self, Self::Cookie(_) | Self::SafeCookie(_))
    }

    pub(crate) fn secret(&self) -> Result<Secret, Error> {
        Ok(match self {
            Self::Null => Secret::None,
            Self::Password(password) => Secret::Password(password.clone()),
            Self::Cookie(path) => Secret::Cookie(read(path)?),
            Self::SafeCookie(path) => Secret::SafeCookie(read(path)?),
        })
    }
}

/// Reads a cookie file. What is no cookie is never sent: a hostile control
/// port could name any file of its controller's as the cookie's.
fn read(path: &Path) -> Result<Cookie, Error> {
    let content = fs::read(path).map_err(|source| Error::CookieFile {
        path: path.into(),
        source,
    })?;
    Cookie::from_file(&content).ok_or_else(|| Error::NoCookie {
        path: path.into(),
        expected: COOKIE_LENGTH,
        length: content.len(),
    })
}
