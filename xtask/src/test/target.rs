//! The targets that a suite runs on.

use std::fmt;

use clap::ValueEnum;

/// The variable that names the target for a suite.
pub(crate) const VARIABLE: &str = "TOR_HARNESS_TARGET";

/// What a suite runs against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Target {
    /// No fixture at all: recordings and what else needs none
    None,
    /// The mock control port
    Mock,
    /// A tor whose control port asks for nothing
    Open,
    /// A tor that asks for a password
    Password,
    /// A tor that asks for its cookie
    Cookie,
    /// The same tor, by the safe cookie's challenge
    Safecookie,
    /// A tor that listens on a Unix socket
    Socket,
}

impl Target {
    /// Whether a real tor is behind it.
    pub(crate) fn needs_tor(self) -> bool {
        !matches!(self, Self::None | Self::Mock)
    }

    /// As it is called on the command line and in the variable.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Mock => "mock",
            Self::Open => "open",
            Self::Password => "password",
            Self::Cookie => "cookie",
            Self::Safecookie => "safecookie",
            Self::Socket => "socket",
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
