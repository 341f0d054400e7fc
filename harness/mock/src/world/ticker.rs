//! Events that come every so often.

use std::time::Duration;

use super::events::EventKind;

/// An event that comes once in a period, while anyone hears of it.
#[derive(Clone, Debug)]
pub(crate) struct Ticker {
    kind: EventKind,
    event: Vec<u8>,
    period: Duration,
    /// Whether the first period is over as soon as someone hears of it.
    at_once: bool,
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
            at_once: false,
            next: Duration::ZERO,
            left: times,
        }
    }

    /// The same, but the event comes first when someone begins to hear of it:
    /// tor's own timer is such.
    pub(crate) fn at_once(mut self) -> Self {
        self.at_once = true;
        self
    }

    /// The kind of its event.
    pub(crate) fn kind(&self) -> EventKind {
        self.kind
    }

    /// Someone begins to hear of the event.
    pub(crate) fn start(&mut self, now: Duration) {
        self.next = if self.at_once { now } else { now + self.period };
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
        // What was missed does not come later.
        let missed = (now - self.next).as_nanos() / self.period.as_nanos();
        let periods = u32::try_from(missed).unwrap_or(u32::MAX).saturating_add(1);
        self.next = self
            .next
            .saturating_add(self.period.saturating_mul(periods));
        Some(&self.event)
    }
}
