//! Events whose time will come.

use std::collections::BTreeMap;
use std::time::Duration;

/// How many may wait: whoever asks for more gets no more.
const MOST: usize = 1 << 16;

/// What comes when: the numbers of emissions.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// By time, then in the order in which they were put here.
    waiting: BTreeMap<(Duration, u64), usize>,
    count: u64,
}

impl Timeline {
    /// Lets an event come then.
    pub(super) fn add(&mut self, due: Duration, emission: usize) {
        if self.waiting.len() < MOST {
            self.waiting.insert((due, self.count), emission);
            self.count += 1;
        }
    }

    /// When the next one comes.
    pub(super) fn due(&self) -> Option<Duration> {
        self.waiting.keys().next().map(|(due, _)| *due)
    }

    /// The next one whose time has come.
    pub(super) fn next(&mut self, now: Duration) -> Option<usize> {
        let first = self.waiting.first_entry()?;
        (first.key().0 <= now).then(|| first.remove())
    }
}
