//! Moments some seconds from others.

use tor_harness_types::UtcSeconds;

/// A moment so many seconds from another; that one where the years end between them.
pub(crate) fn moved(time: UtcSeconds, seconds: i64) -> UtcSeconds {
    UtcSeconds::from_unix(time.as_unix() + seconds).unwrap_or(time)
}
