//! When a consensus counts.

use tor_harness_testnet::StatusSettings;
use tor_harness_types::UtcSeconds;

/// When a consensus counts, in seconds from the network's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConsensusTimes {
    /// From when on.
    pub valid_after: i64,
    /// When there should be a newer one.
    pub fresh_until: i64,
    /// Up to when.
    pub valid_until: i64,
}

impl Default for ConsensusTimes {
    /// From ten minutes ago, for three hours, of which it is fresh for one.
    fn default() -> Self {
        Self {
            valid_after: -600,
            fresh_until: 3600 - 600,
            valid_until: 3 * 3600 - 600,
        }
    }
}

impl ConsensusTimes {
    pub(super) fn set(self, status: &mut StatusSettings, now: UtcSeconds) {
        // Where the years end nothing is moved.
        let at =
            |seconds| UtcSeconds::from_unix(now.as_unix().saturating_add(seconds)).unwrap_or(now);
        status.valid_after = at(self.valid_after);
        status.fresh_until = at(self.fresh_until);
        status.valid_until = at(self.valid_until);
    }
}
