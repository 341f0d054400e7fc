//! When a consensus counts.

use tor_harness_testnet::StatusSettings;
use tor_harness_types::UtcSeconds;

const HOUR: i64 = 3600;

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
        Self::from(-600)
    }
}

impl ConsensusTimes {
    /// One that counts for two hours yet, but should have been followed by another for five: whoever
    /// is asked to, fetches a newer one. [`TestNetwork::publish`](super::TestNetwork::publish) needs
    /// it.
    #[must_use]
    pub const fn stale() -> Self {
        Self {
            valid_until: 2 * HOUR,
            ..Self::from(-6 * HOUR)
        }
    }

    /// One that is over, for less than the day after which tor takes it no more.
    #[must_use]
    pub const fn expired() -> Self {
        Self::from(-6 * HOUR)
    }

    /// One that is over for more than a day.
    #[must_use]
    pub const fn long_expired() -> Self {
        Self::from(-3 * 24 * HOUR)
    }

    /// One that will count in two hours: for a client the clock is slow.
    #[must_use]
    pub const fn not_yet_valid() -> Self {
        Self::from(2 * HOUR)
    }

    /// One that will count in more than the day that tor grants.
    #[must_use]
    pub const fn long_before_valid() -> Self {
        Self::from(2 * 24 * HOUR)
    }

    /// As those of the public network, which are fresh for an hour and count for three.
    const fn from(valid_after: i64) -> Self {
        Self {
            valid_after,
            fresh_until: valid_after + HOUR,
            valid_until: valid_after + 3 * HOUR,
        }
    }

    pub(super) fn set(self, status: &mut StatusSettings, now: UtcSeconds) {
        status.valid_after = later(now, self.valid_after);
        status.fresh_until = later(now, self.fresh_until);
        status.valid_until = later(now, self.valid_until);
    }
}

/// A moment so many seconds later. Where the years end nothing is moved.
pub(super) fn later(time: UtcSeconds, seconds: i64) -> UtcSeconds {
    UtcSeconds::from_unix(time.as_unix().saturating_add(seconds)).unwrap_or(time)
}
