//! When connections have something to send by the time alone.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::connection::ConnectionId;

/// The same by connection and by time.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    by_connection: BTreeMap<ConnectionId, Duration>,
    by_time: BTreeSet<(Duration, ConnectionId)>,
}

impl Timers {
    /// Sets a connection's time, instead of the one it had.
    pub(crate) fn set(&mut self, id: ConnectionId, due: Option<Duration>) {
        let before = match due {
            Some(due) => self.by_connection.insert(id, due),
            None => self.by_connection.remove(&id),
        };
        if before != due {
            self.by_time.extend(due.map(|due| (due, id)));
            before.map(|before| self.by_time.remove(&(before, id)));
        }
    }

    /// The first to come.
    pub(crate) fn first(&self) -> Option<(Duration, ConnectionId)> {
        self.by_time.first().copied()
    }
}
