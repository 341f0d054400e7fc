//! The seconds that tor remembers the bandwidth of: `bw-event-cache`.

use std::time::Duration;

/// How many seconds tor remembers at most.
const SECONDS: usize = 300;

/// Events that tor has a timer of seconds for.
pub(super) const EVERY_SECOND: &[&str] = &["BW", "CELL_STATS", "CIRC_BW", "CONN_BW", "STREAM_BW"];

/// The last seconds in which someone heard of an event of every second; no bytes went by.
#[derive(Debug, Default)]
pub(super) struct BandwidthCache {
    next: Option<Duration>,
    seconds: usize,
}

impl BandwidthCache {
    /// Counts from now on or no more, if that is new.
    pub(super) fn listen(&mut self, heard: bool, now: Duration) {
        self.next = heard.then(|| self.next.unwrap_or(now));
    }

    /// When the next second is over.
    pub(super) fn due(&self) -> Option<Duration> {
        self.next
    }

    /// Remembers the second that is over by now, if one is.
    pub(super) fn handle_timeout(&mut self, now: Duration) {
        if let Some(due) = self.next.filter(|due| *due <= now) {
            self.seconds = SECONDS.min(self.seconds + 1);
            self.next = due.checked_add(Duration::from_secs(1));
        }
    }

    /// `READ,WRITTEN` of each second.
    pub(super) fn text(&self) -> String {
        vec!["0,0"; self.seconds].join(" ")
    }
}
