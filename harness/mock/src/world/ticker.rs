//! Events that come every so often.

use std::time::Duration;

use super::events::EventKind;

/// An event that comes at the multiples of a period, while anyone hears of it.
#[derive(Clone, Debug)]
pub(crate) struct Ticker {
    kind: EventKind,
    event: Vec<u8>,
    period: Duration,
    next: Duration,
    left: Option<u32>,
}

impl Ticker {
    /// A ticker whose event comes `times` at most.
    pub(crate) fn new(
        kind: EventKind,
        event: Vec<u8>,
        period: Duration,
        times: Option<u32>,
    ) -> Self {
        Self {
            kind,
            event,
            period: period.max(Duration::from_millis(1)),
            next: Duration::ZERO,
            left: times,
        }
    }

    /// The kind of its event.
    pub(crate) fn kind(&self) -> EventKind {
        self.kind
    }

    /// Moves on to the first multiple of the period after `now`.
    pub(crate) fn wind(&mut self, now: Duration) {
        let period = self.period.as_nanos();
        let ticks = now.as_nanos() / period + 1;
        let next = u64::try_from(ticks.saturating_mul(period)).unwrap_or(u64::MAX);
        self.next = Duration::from_nanos(next);
    }

    /// When its event comes next, if ever.
    pub(crate) fn due(&self) -> Option<Duration> {
        (self.left != Some(0)).then_some(self.next)
    }

    /// The event, if its time has come.
    pub(crate) fn tick(&mut self, now: Duration) -> Option<&[u8]> {
        if self.due()? > now {
            return None;
        }
        self.left = self.left.map(|left| left - 1);
        self.wind(now);
        Some(&self.event)
    }
}
