//! Events that come every so often.

use std::time::Duration;

use super::events::EventKind;
use crate::wire::Delivery;

/// An event that comes once in a period, while anyone hears of it.
#[derive(Clone, Debug)]
pub(crate) struct Ticker {
    kind: EventKind,
    event: Delivery,
    period: Duration,
    /// Whether the first period is over as soon as someone hears of it.
    at_once: bool,
    /// When it comes next; nothing where no time is that late.
    next: Option<Duration>,
    left: Option<u32>,
}

impl Ticker {
    /// A ticker whose event comes `times` at most.
    pub(crate) fn new(
        kind: EventKind,
        event: impl Into<Delivery>,
        period: Duration,
        times: Option<u32>,
    ) -> Self {
        Self {
            kind,
            event: event.into(),
            period: period.max(Duration::from_millis(1)),
            at_once: false,
            next: None,
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

    /// Whether it is tor's own.
    pub(crate) fn is_tors(&self) -> bool {
        self.at_once
    }

    /// Someone begins to hear of the event.
    pub(crate) fn start(&mut self, now: Duration) {
        self.next = if self.at_once {
            Some(now)
        } else {
            now.checked_add(self.period)
        };
    }

    /// When its event comes next, if ever.
    pub(crate) fn due(&self) -> Option<Duration> {
        self.next.filter(|_| self.left != Some(0))
    }

    /// The event, if its time has come.
    pub(crate) fn tick(&mut self, now: Duration) -> Option<&Delivery> {
        let due = self.due().filter(|due| *due <= now)?;
        self.left = self.left.map(|left| left - 1);
        self.next = due.checked_add(self.period);
        Some(&self.event)
    }
}
