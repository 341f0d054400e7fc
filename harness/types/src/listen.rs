//! Where a fixture is to listen.

use crate::Endpoint;

/// Where the control port of a fixture, real or not, is to listen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Listen {
    /// A free port of 127.0.0.1.
    #[default]
    Tcp,
    /// A Unix socket in the fixture's own folder.
    Unix,
    /// A loopback address (port 0 is a free one), or a Unix socket at a path
    /// where there is nothing yet, which becomes absolute.
    At(Endpoint),
}

impl From<Endpoint> for Listen {
    fn from(endpoint: Endpoint) -> Self {
        Self::At(endpoint)
    }
}
