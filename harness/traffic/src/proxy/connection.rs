//! One connection through a proxy.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::{self, Scope};
use std::time::Duration;

use super::link::CHUNK;
use super::queue::Queue;
use super::state::{self, Direction, State};
use crate::loopback;
use crate::watched::Watched;

/// How long the target may take to accept.
const WITHIN: Duration = Duration::from_secs(5);

/// Forwards a connection until both sides have said all, or it is cut.
pub(super) fn forward(state: &Watched<State>, client: &Arc<TcpStream>, target: SocketAddr) {
    let dialled = if state::admit(state) {
        loopback::connect(target, WITHIN).ok().map(Arc::new)
    } else {
        None
    };
    let Some(target) = dialled else {
        state.change(|state| state.counts.refused += 1);
        return;
    };
    let ends = [Arc::clone(client), Arc::clone(&target)];
    let Some(id) = state.change(|state| state.open(ends)) else {
        return;
    };
    let up = Way::new(state, id, Direction::ToTarget, client, &target);
    let down = Way::new(state, id, Direction::ToClient, &target, client);
    thread::scope(|scope| {
        // Without a thread there is no way, and no connection.
        if up.run(scope).and_then(|()| down.run(scope)).is_err() {
            up.give_up();
            down.give_up();
        }
    });
    state.change(|state| state.close(id));
}

/// One direction of a connection.
struct Way<'a> {
    state: &'a Watched<State>,
    id: u64,
    direction: Direction,
    from: &'a TcpStream,
    to: &'a TcpStream,
    queue: Queue,
}

impl<'a> Way<'a> {
    fn new(
        state: &'a Watched<State>,
        id: u64,
        direction: Direction,
        from: &'a TcpStream,
        to: &'a TcpStream,
    ) -> Self {
        Self {
            state,
            id,
            direction,
            from,
            to,
            queue: Queue::default(),
        }
    }

    /// Has it moved by two threads.
    fn run<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) -> io::Result<()> {
        thread::Builder::new().spawn_scoped(scope, || self.read())?;
        thread::Builder::new().spawn_scoped(scope, || self.write())?;
        Ok(())
    }

    /// Closes the connection, so that all its threads end.
    fn give_up(&self) {
        self.state.change(|state| state.close(self.id));
        self.queue.abandon();
    }

    fn read(&self) {
        let mut from = self.from;
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = match from.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read,
            };
            let bytes = buffer.get(..*read.as_ref().unwrap_or(&0));
            let bytes = bytes.unwrap_or_default().to_vec();
            let ended = bytes.is_empty();
            if read.is_err() {
                self.give_up();
            }
            if !self.queue.push(bytes) || ended {
                return;
            }
        }
    }

    fn write(&self) {
        if self.write_all().is_none() {
            self.give_up();
        }
    }

    /// Writes all that comes, then its end; nothing if the connection is closed before.
    fn write_all(&self) -> Option<()> {
        let mut to = self.to;
        while let Some(chunk) = self.queue.pop() {
            let mut rest = &chunk.bytes[..];
            loop {
                let bytes = rest.len();
                let bytes = state::pass(self.state, self.id, self.direction, chunk.arrived, bytes)?;
                let (now, later) = rest.split_at_checked(bytes)?;
                to.write_all(now).ok()?;
                rest = later;
                if rest.is_empty() {
                    break;
                }
            }
        }
        // The peer may be gone; then there is nobody to tell.
        let _ = to.shutdown(Shutdown::Write);
        Some(())
    }
}
