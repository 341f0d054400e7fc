//! Which relay a document is about.

use std::fmt;
use std::str::FromStr;

use tor_harness_types::{Fingerprint, Nickname};

/// A relay by its fingerprint or its nickname.
///
/// ```
/// use tor_harness_archive::Relay;
///
/// let named: Relay = "moria1".parse()?;
/// let known: Relay = "$9695DFC35FFEB861329B9F1AB04C46397020CE31".parse()?;
/// assert!(matches!((named, known), (Relay::Nickname(_), Relay::Fingerprint(_))));
/// # Ok::<(), tor_harness_archive::RelayError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relay {
    /// The one whose identity key has this digest.
    Fingerprint(Fingerprint),
    /// Each that has this name; case does not count.
    Nickname(Nickname),
}

impl fmt::Display for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fingerprint(fingerprint) => write!(f, "${fingerprint}"),
            Self::Nickname(nickname) => write!(f, "{nickname}"),
        }
    }
}

impl FromStr for Relay {
    type Err = RelayError;

    fn from_str(text: &str) -> Result<Self, RelayError> {
        let digits = text.strip_prefix('$').unwrap_or(text);
        if let Ok(fingerprint) = digits.parse() {
            return Ok(Self::Fingerprint(fingerprint));
        }
        text.parse().map(Self::Nickname).map_err(|_| RelayError)
    }
}

/// A text that names no [`Relay`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelayError;

impl fmt::Display for RelayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a relay: a nickname, or a fingerprint of 40 hexadecimal digits")
    }
}

impl std::error::Error for RelayError {}
