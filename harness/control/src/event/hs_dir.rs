//! The directory that an onion descriptor goes to or comes from.

use core::fmt;

use crate::value::LongName;

/// The directory that an onion descriptor goes to or comes from
/// (section 4.1.25, `HsDir`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HsDir<'a> {
    /// `UNKNOWN`: there is none, or none yet.
    Unknown,
    /// A relay.
    Relay(LongName<'a>),
}

impl<'a> HsDir<'a> {
    /// Reads a word; any is one.
    #[must_use]
    pub fn new(word: &'a str) -> Self {
        match word {
            "UNKNOWN" => Self::Unknown,
            _ => Self::Relay(LongName::new(word)),
        }
    }

    /// The relay, where there is one.
    #[must_use]
    pub const fn relay(&self) -> Option<LongName<'a>> {
        match self {
            Self::Unknown => None,
            Self::Relay(name) => Some(*name),
        }
    }
}

impl fmt::Display for HsDir<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("UNKNOWN"),
            Self::Relay(name) => name.fmt(f),
        }
    }
}
