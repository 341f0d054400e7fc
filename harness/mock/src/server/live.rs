//! A port in its time.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::files::write_changed;
use super::service::Service;
use crate::connection::ConnectionId;
use crate::port::ControlPort;

/// How many things may happen before others have their turn; each may be sent to every connection.
const MOST_AT_ONCE: usize = 1 << 14;

/// A port, and the clock that it goes by.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) port: ControlPort,
    clock: Clock,
}

#[derive(Clone, Copy, Debug)]
enum Clock {
    /// The system's, since then.
    Real(Instant),
    /// The port's own, which stands still until it is told.
    Virtual,
}

impl Live {
    /// A port whose time begins now.
    pub(super) fn new(port: ControlPort, is_virtual: bool) -> Self {
        let clock = if is_virtual {
            Clock::Virtual
        } else {
            Clock::Real(Instant::now())
        };
        Self { port, clock }
    }

    /// Whether time passes only where [`Live::advance`] lets it.
    pub(super) fn is_virtual(&self) -> bool {
        matches!(self.clock, Clock::Virtual)
    }

    /// Lets virtual time pass, with all that happens on the way, until much has happened: how
    /// much time has passed.
    pub(super) fn advance(&mut self, time: Duration) -> Duration {
        let before = self.port.now();
        self.port
            .handle_some(before.saturating_add(time), MOST_AT_ONCE);
        self.port.now().saturating_sub(before)
    }

    /// Becomes as it was at its start.
    pub(super) fn reset(&mut self) {
        self.port.reset();
        if let Clock::Real(started) = &mut self.clock {
            *started = Instant::now();
        }
    }

    fn now(&self) -> Duration {
        match self.clock {
            Clock::Real(started) => started.elapsed(),
            Clock::Virtual => self.port.now(),
        }
    }
}

impl Service for Live {
    fn open(&mut self, peer: Option<SocketAddr>) -> ConnectionId {
        match peer {
            Some(peer) => self.port.open_from(peer),
            None => self.port.open(),
        }
    }

    fn receive(&mut self, id: ConnectionId, bytes: &[u8]) {
        let now = self.now();
        self.port.receive(id, bytes, now);
        write_changed(&mut self.port);
    }

    fn take_output(&mut self, id: ConnectionId) -> Vec<u8> {
        self.port.take_output(id)
    }

    fn waiting(&self, id: ConnectionId) -> usize {
        self.port.output_len(id)
    }

    fn is_closed(&self, id: ConnectionId) -> bool {
        self.port.is_closed(id)
    }

    fn close(&mut self, id: ConnectionId) {
        self.port.close(id);
    }

    fn is_dropped(&self, id: ConnectionId) -> bool {
        self.port.is_dropped(id)
    }

    fn is_reset(&self, id: ConnectionId) -> bool {
        self.port.is_reset(id)
    }

    fn next_ready(&mut self) -> Option<ConnectionId> {
        self.port.next_ready()
    }

    fn catch_up(&mut self) {
        let now = self.now();
        self.port.handle_timeout(now);
    }

    fn due_in(&self) -> Option<Duration> {
        match self.clock {
            Clock::Real(started) => {
                let due = self.port.poll_timeout()?;
                Some(due.saturating_sub(started.elapsed()))
            }
            Clock::Virtual => None,
        }
    }

    fn has_ended(&self) -> bool {
        self.port.has_ended()
    }
}
