//! Why a new configuration is not taken.

use crate::world::lone_bytes::to_bytes;
use tor_harness_control::{Reply, StatusCode};

/// Why tor does not take a new configuration; nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such option.
    Unrecognized(String),
    /// A value cannot be read, or goes against another.
    Unacceptable(String),
    /// An option that cannot change while tor runs.
    Transition(String),
    /// Something outside of the configuration fails.
    Unable(String),
}

impl Refusal {
    /// What is wrong, in tor's words.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Unrecognized(message)
            | Self::Unacceptable(message)
            | Self::Transition(message)
            | Self::Unable(message) => message,
        }
    }

    /// The answer to SETCONF.
    pub(crate) fn to_reply(&self) -> Reply {
        let (status, what) = match self {
            Self::Unrecognized(_) => (StatusCode::UNRECOGNIZED_ENTITY, "Unrecognized option"),
            Self::Unacceptable(_) => (
                StatusCode::UNRECOGNIZED_ARGUMENT,
                "Unacceptable option value",
            ),
            Self::Transition(_) => (StatusCode::INVALID_CONFIGURATION, "Transition not allowed"),
            Self::Unable(_) => (StatusCode::INVALID_CONFIGURATION, "Unable to set option"),
        };
        Reply::new(status, to_bytes(&format!("{what}: {}", self.message())))
    }
}
