//! The pieces of what is sent.

use std::time::Duration;

/// One step of what is sent on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Bytes, at a pace.
    Bytes(Vec<u8>, Pace),
    /// Nothing until this time has come.
    Until(Duration),
    /// Nothing for so long.
    Pause(Duration),
    /// No byte any more; pauses and ends still happen.
    Mute,
    /// The connection is closed.
    Close,
    /// The connection is reset.
    Reset,
}

impl Piece {
    /// How many bytes it has.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes, _) => bytes.len(),
            _ => 0,
        }
    }
}

/// How fast bytes go out. It is looked at while they do, so that a slow
/// megabyte is one piece and not a million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pace {
    /// How many bytes go out at once: their number on average, and how much
    /// more or less; all of them where it is not told.
    pub(crate) slice: Option<(usize, usize)>,
    /// How long to wait between two slices.
    pub(crate) delay: Duration,
    /// Bytes a second.
    pub(crate) rate: Option<u64>,
}

impl Pace {
    /// How many of the bytes that are left go out at once; `random` gives any number.
    pub(crate) fn slice(&self, left: usize, random: impl FnOnce() -> u64) -> usize {
        let size = match (self.slice, self.rate) {
            (Some((average, 0)), _) => average,
            (Some((average, variation)), _) => {
                let spread = u64::try_from(variation)
                    .unwrap_or(u64::MAX)
                    .saturating_mul(2);
                let more = usize::try_from(random() % spread.saturating_add(1)).unwrap_or(0);
                average.saturating_add(more).saturating_sub(variation)
            }
            // Ten slices a second look even enough.
            (None, Some(rate)) => usize::try_from(rate / 10).unwrap_or(usize::MAX),
            (None, None) => left,
        };
        size.clamp(1, left.max(1))
    }

    /// How long so many bytes keep what follows waiting: more of the same, or not.
    pub(crate) fn pause(&self, bytes: usize, more: bool) -> Duration {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let nanoseconds = self.rate.map_or(0, |rate| {
            u128::from(bytes) * 1_000_000_000 / u128::from(rate.max(1))
        });
        let sending = Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX));
        let between = if more { self.delay } else { Duration::ZERO };
        between.saturating_add(sending)
    }
}
