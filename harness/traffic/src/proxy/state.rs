//! What a proxy does with what comes, changed while it runs.

use std::collections::HashMap;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::link::{Lane, Link, Pass};
use crate::server::close;
use crate::watched::Watched;

/// What a proxy has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProxyCounts {
    /// Connections that were forwarded.
    pub connections: u64,
    /// Those of them that are open now.
    pub open: u64,
    /// Connections that were closed as soon as they came: the proxy was cut, or its
    /// target did not accept.
    pub refused: u64,
    /// Bytes that were let through to the target.
    pub to_target: u64,
    /// Bytes that were let through from it.
    pub to_client: u64,
}

/// Whose bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    ToTarget,
    ToClient,
}

/// What becomes of bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Flow {
    Open(Link),
    /// They wait.
    Held,
    /// There is no connection.
    Cut,
    /// There is no proxy any more.
    Ended,
}

/// The two ends of a connection that is forwarded.
pub(super) type Ends = [Arc<TcpStream>; 2];

/// What all threads of a proxy share.
#[derive(Debug)]
pub(super) struct State {
    flow: Flow,
    up: Lane,
    down: Lane,
    pub(super) counts: ProxyCounts,
    open: HashMap<u64, Ends>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            flow: Flow::Open(Link::new()),
            up: Lane::default(),
            down: Lane::default(),
            counts: ProxyCounts::default(),
            open: HashMap::new(),
        }
    }
}

impl State {
    pub(super) fn set(&mut self, flow: Flow) {
        self.flow = flow;
        (self.up, self.down) = Default::default();
        if let Flow::Cut | Flow::Ended = flow {
            self.close_connections();
        }
    }

    pub(super) fn close_connections(&mut self) {
        for ends in self.open.drain().map(|(_, ends)| ends) {
            ends.iter().for_each(|end| close(end));
        }
        self.counts.open = 0;
    }

    /// The number of a connection from now on, if there is to be one.
    pub(super) fn open(&mut self, ends: Ends) -> Option<u64> {
        if let Flow::Cut | Flow::Ended = self.flow {
            self.counts.refused += 1;
            return None;
        }
        self.counts.connections += 1;
        let id = self.counts.connections;
        self.open.insert(id, ends);
        self.counts.open = self.open.len() as u64;
        Some(id)
    }

    pub(super) fn close(&mut self, id: u64) {
        for end in self.open.remove(&id).iter().flatten() {
            close(end);
        }
        self.counts.open = self.open.len() as u64;
    }

    /// Whether some of a connection's bytes may go, which then are counted; nothing if
    /// it is closed.
    fn pass(
        &mut self,
        id: u64,
        direction: Direction,
        arrived: Instant,
        bytes: usize,
    ) -> Option<Pass> {
        if !self.open.contains_key(&id) {
            return None;
        }
        let Flow::Open(link) = self.flow else {
            return Some(Pass::Wait(Duration::MAX));
        };
        let (lane, count) = match direction {
            Direction::ToTarget => (&mut self.up, &mut self.counts.to_target),
            Direction::ToClient => (&mut self.down, &mut self.counts.to_client),
        };
        let pass = lane.pass(link, arrived, bytes, Instant::now());
        if let Pass::Go(bytes) = pass {
            *count += bytes as u64;
        }
        Some(pass)
    }
}

/// Waits until somebody who connects is dealt with; false if not by forwarding.
pub(super) fn admit(state: &Watched<State>) -> bool {
    let mut now = state.lock();
    loop {
        match now.flow {
            Flow::Open(_) => return true,
            Flow::Held => now = state.wait(now, None),
            Flow::Cut | Flow::Ended => return false,
        }
    }
}

/// Waits until some of a connection's bytes may go; none do when it is closed.
pub(super) fn pass(
    state: &Watched<State>,
    id: u64,
    direction: Direction,
    arrived: Instant,
    bytes: usize,
) -> Option<usize> {
    let mut now = state.lock();
    loop {
        match now.pass(id, direction, arrived, bytes)? {
            Pass::Wait(most) => now = state.wait(now, Some(most)),
            Pass::Go(bytes) => {
                drop(now);
                state.wake();
                return Some(bytes);
            }
        }
    }
}
