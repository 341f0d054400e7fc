//! The one loop that moves all connections' bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mio::{Events, Interest, Poll, Token, Waker};

use super::socket::{Listener, Stream};
use super::stage::{lock, write_files};
use crate::connection::ConnectionId;
use crate::port::ControlPort;

const LISTENER: Token = Token(0);
const WAKER: Token = Token(1);

/// A connection is not read while this much waits to be sent to it.
const HIGH_WATER: usize = 1 << 20;

/// How much is read at once, and how often in a row before others have their turn.
const CHUNK: usize = 4096;
const TURNS: usize = 16;

/// How soon a listener is tried again that could not accept: the process may
/// have run out of descriptors.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// How the loop is reached from other threads.
#[derive(Debug)]
pub(super) struct Remote {
    waker: Waker,
    stop: AtomicBool,
}

impl Remote {
    /// Lets the loop look at its port.
    pub(super) fn wake(&self) {
        // A full pipe wakes it as well.
        let _ = self.waker.wake();
    }

    /// Ends the loop.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Release);
        self.wake();
    }
}

/// The loop's state.
pub(super) struct EventLoop {
    poll: Poll,
    listener: Option<Listener>,
    /// Whether a connection may wait to be accepted.
    acceptable: bool,
    connections: BTreeMap<ConnectionId, Connection>,
    /// Connections that may have something to be read or written.
    todo: BTreeSet<ConnectionId>,
    port: Arc<Mutex<ControlPort>>,
    remote: Arc<Remote>,
    started: Instant,
}

struct Connection {
    stream: Stream,
    /// What the port gave to be sent, and how much of it has been.
    output: Vec<u8>,
    sent: usize,
    /// Whether there may be bytes to read: the system says so only once.
    readable: bool,
    writable: bool,
}

/// What becomes of a connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It waits for the system to say that it can go on.
    Waits,
    /// It could go on, but others come first.
    MayGoOn,
    /// Everything is sent, and nothing more will be.
    Finished,
    /// The other side has closed it, or it does not read.
    Lost,
}

impl EventLoop {
    pub(super) fn new(
        mut listener: Listener,
        port: Arc<Mutex<ControlPort>>,
    ) -> io::Result<(Self, Arc<Remote>)> {
        let poll = Poll::new()?;
        poll.registry()
            .register(listener.source(), LISTENER, Interest::READABLE)?;
        let remote = Arc::new(Remote {
            waker: Waker::new(poll.registry(), WAKER)?,
            stop: AtomicBool::new(false),
        });
        let event_loop = Self {
            poll,
            listener: Some(listener),
            acceptable: false,
            connections: BTreeMap::new(),
            todo: BTreeSet::new(),
            port,
            remote: Arc::clone(&remote),
            started: Instant::now(),
        };
        Ok((event_loop, remote))
    }

    /// Runs until it is stopped, or its tor has ended.
    pub(super) fn run(mut self) {
        let port = Arc::clone(&self.port);
        let mut events = Events::with_capacity(1024);
        while !self.remote.stop.load(Ordering::Acquire) {
            let timeout = self.timeout(&lock(&port));
            match self.poll.poll(&mut events, timeout) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                // Without the system's help nothing can be done.
                Err(_) => return,
            }
            for event in &events {
                match event.token() {
                    LISTENER => self.acceptable = true,
                    WAKER => {}
                    token => self.mark(
                        token,
                        event.is_readable() || event.is_read_closed() || event.is_error(),
                        event.is_writable() || event.is_write_closed(),
                    ),
                }
            }
            let mut port = lock(&port);
            self.accept(&mut port);
            port.handle_timeout(self.started.elapsed());
            self.serve(&mut port);
            if port.has_ended() {
                self.listener = None;
                if self.connections.is_empty() {
                    return;
                }
            }
        }
    }

    fn timeout(&self, port: &ControlPort) -> Option<Duration> {
        if !self.todo.is_empty() {
            return Some(Duration::ZERO);
        }
        let due = port
            .poll_timeout()
            .map(|due| due.saturating_sub(self.started.elapsed()));
        let again = self.acceptable.then_some(ACCEPT_AGAIN);
        due.into_iter().chain(again).min()
    }

    fn mark(&mut self, token: Token, readable: bool, writable: bool) {
        let id = id_of(token);
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.readable |= readable;
            connection.writable |= writable;
            self.todo.insert(id);
        }
    }

    /// Accepts everything that waits.
    fn accept(&mut self, port: &mut ControlPort) {
        while self.acceptable
            && let Some(listener) = &self.listener
        {
            let (mut stream, peer) = match listener.accept() {
                Ok(accepted) => accepted,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.acceptable = false;
                    return;
                }
                // Reset before it was accepted, or out of descriptors.
                Err(_) => return,
            };
            let id = match peer {
                Some(peer) => port.open_from(peer),
                None => port.open(),
            };
            let interest = Interest::READABLE | Interest::WRITABLE;
            let registered = self
                .poll
                .registry()
                .register(stream.source(), token_of(id), interest);
            if registered.is_err() {
                port.close(id);
                continue;
            }
            self.connections.insert(id, Connection::new(stream));
            self.todo.insert(id);
        }
    }

    /// Reads and writes what can be, each connection for a while.
    fn serve(&mut self, port: &mut ControlPort) {
        let mut may_go_on = BTreeSet::new();
        while let Some(id) = self.todo.pop_first().or_else(|| port.next_ready()) {
            let Some(connection) = self.connections.get_mut(&id) else {
                continue;
            };
            if may_go_on.contains(&id) {
                continue;
            }
            let fate = connection.serve(id, port, self.started);
            match fate {
                Fate::Waits => {}
                Fate::MayGoOn => {
                    may_go_on.insert(id);
                }
                Fate::Finished | Fate::Lost => {
                    if let Some(mut connection) = self.connections.remove(&id) {
                        let _ = self.poll.registry().deregister(connection.stream.source());
                        if fate == Fate::Finished {
                            connection.stream.finish();
                        }
                    }
                    port.close(id);
                }
            }
        }
        self.todo = may_go_on;
    }
}

impl Connection {
    fn new(stream: Stream) -> Self {
        Self {
            stream,
            output: Vec::new(),
            sent: 0,
            readable: true,
            writable: true,
        }
    }

    fn serve(&mut self, id: ConnectionId, port: &mut ControlPort, started: Instant) -> Fate {
        let mut chunk = [0; CHUNK];
        for _ in 0..TURNS {
            let closed = port.is_closed(id);
            let Ok(all_sent) = self.write(id, port) else {
                return Fate::Lost;
            };
            if port.is_dropped(id) {
                return Fate::Lost;
            }
            if closed {
                return if all_sent {
                    Fate::Finished
                } else {
                    Fate::Waits
                };
            }
            let waiting = self.output.len() - self.sent + port.output_len(id);
            if !self.readable || waiting > HIGH_WATER {
                return Fate::Waits;
            }
            match self.stream.read(&mut chunk) {
                Ok(0) => return Fate::Lost,
                Ok(length) => {
                    port.receive(id, &chunk[..length], started.elapsed());
                    write_files(port);
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => self.readable = false,
                    io::ErrorKind::Interrupted => {}
                    _ => return Fate::Lost,
                },
            }
        }
        Fate::MayGoOn
    }

    /// Writes as much as the system takes: whether that was everything.
    fn write(&mut self, id: ConnectionId, port: &mut ControlPort) -> io::Result<bool> {
        loop {
            if self.sent == self.output.len() {
                self.output = port.take_output(id);
                self.sent = 0;
            }
            if self.output.is_empty() {
                return Ok(true);
            }
            if !self.writable {
                return Ok(false);
            }
            match self.stream.write(&self.output[self.sent..]) {
                Ok(length) => self.sent += length,
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => self.writable = false,
                    io::ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
    }
}

/// Behind the tokens of the listener and the waker; connections count from 1.
fn token_of(id: ConnectionId) -> Token {
    Token(
        usize::try_from(id.0)
            .unwrap_or(usize::MAX)
            .saturating_add(WAKER.0),
    )
}

fn id_of(token: Token) -> ConnectionId {
    ConnectionId((token.0 - WAKER.0) as u64)
}
