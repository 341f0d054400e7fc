//! The one loop that moves all connections' bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read as _, Write as _};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use mio::event::Event;
use mio::{Events, Interest, Poll, Token};
use nix::sys::resource::{Resource, getrlimit};

use super::service::Service;
use super::shared::Shared;
use super::socket::{Listener, Stream};
use crate::connection::ConnectionId;

const LISTENER: Token = Token(0);
const WAKER: Token = Token(1);

/// A connection is not read while this much waits to be sent to it.
const HIGH_WATER: usize = 1 << 20;

/// While more than this waits to be sent to all connections together, those
/// that have more than their share of it are dropped.
const ALL_OUTPUT: usize = 256 << 20;

/// How much is read at once, and how often in a row before others have their turn.
const CHUNK: usize = 4096;
const TURNS: usize = 16;

/// How soon a listener is tried again that could not accept: the process may
/// have run out of descriptors.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// A loop that runs on a thread of its own, until it is dropped or what it
/// serves has ended.
#[derive(Debug)]
pub(crate) struct Running<S: Service> {
    pub(crate) shared: Arc<Shared<S>>,
    thread: Option<JoinHandle<()>>,
}

/// The loop's state.
struct EventLoop<S> {
    poll: Poll,
    listener: Option<Listener>,
    /// Whether a connection may wait to be accepted.
    acceptable: bool,
    connections: BTreeMap<ConnectionId, Connection>,
    /// How much waits to be sent to all of them.
    waiting: usize,
    /// How many there may be: beyond, as in tor, who connects is turned away.
    most: usize,
    /// Connections that may have something to be read or written.
    todo: BTreeSet<ConnectionId>,
    shared: Arc<Shared<S>>,
}

struct Connection {
    stream: Stream,
    /// What the service gave to be sent, and how much of it has been.
    output: Vec<u8>,
    sent: usize,
    /// How much waited to be sent when that was last looked at.
    waiting: usize,
    /// Whether there may be bytes to read: the system says so only once.
    readable: bool,
    writable: bool,
    /// Whether the other side has said that nothing comes behind what is there.
    ends: bool,
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
    /// The same, but the other side is to see a reset.
    Reset,
    /// The other side has closed it, or it does not read.
    Lost,
}

impl<S: Service> Running<S> {
    /// Serves whoever connects, on a thread of this name.
    pub(crate) fn start(service: S, mut listener: Listener, name: &str) -> io::Result<Self> {
        let poll = Poll::new()?;
        poll.registry()
            .register(listener.source(), LISTENER, Interest::READABLE)?;
        let shared = Arc::new(Shared::served(service, &poll, WAKER)?);
        let event_loop = EventLoop {
            poll,
            listener: Some(listener),
            acceptable: false,
            connections: BTreeMap::new(),
            waiting: 0,
            most: most_connections(),
            todo: BTreeSet::new(),
            shared: Arc::clone(&shared),
        };
        let thread = std::thread::Builder::new()
            .name(name.into())
            .spawn(move || event_loop.run())?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }
}

impl<S: Service> Drop for Running<S> {
    fn drop(&mut self) {
        self.shared.stop();
        let thread = self.thread.take();
        let ended_well = thread.is_none_or(|thread| thread.join().is_ok());
        assert!(
            ended_well || std::thread::panicking(),
            "the mock's event loop has panicked"
        );
    }
}

impl<S: Service> EventLoop<S> {
    /// Runs until it is stopped, or what it serves has ended.
    fn run(mut self) {
        let shared = Arc::clone(&self.shared);
        let mut events = Events::with_capacity(1024);
        while !shared.is_stopped() {
            let timeout = self.timeout(&*shared.lock());
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
                    token => self.mark(token, event),
                }
            }
            let mut service = shared.look();
            self.accept(&mut *service);
            service.catch_up();
            self.serve(&mut *service);
            if service.has_ended() {
                self.listener = None;
                if self.connections.is_empty() {
                    return;
                }
            }
        }
    }

    fn timeout(&self, service: &S) -> Option<Duration> {
        if !self.todo.is_empty() {
            return Some(Duration::ZERO);
        }
        let again = self.acceptable.then_some(ACCEPT_AGAIN);
        service.due_in().into_iter().chain(again).min()
    }

    fn mark(&mut self, token: Token, event: &Event) {
        let id = id_of(token);
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.ends |= event.is_read_closed() || event.is_error();
            connection.readable |= event.is_readable() || connection.ends;
            connection.writable |= event.is_writable() || event.is_write_closed();
            self.todo.insert(id);
        }
    }

    /// Accepts everything that waits.
    fn accept(&mut self, service: &mut S) {
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
            if self.connections.len() >= self.most {
                continue;
            }
            let id = service.open(peer);
            let interest = Interest::READABLE | Interest::WRITABLE;
            let registered = self
                .poll
                .registry()
                .register(stream.source(), token_of(id), interest);
            if registered.is_err() {
                service.close(id);
                continue;
            }
            self.connections.insert(id, Connection::new(stream));
            self.todo.insert(id);
        }
    }

    /// Reads and writes what can be, each connection for a while.
    fn serve(&mut self, service: &mut S) {
        let mut may_go_on = BTreeSet::new();
        while let Some(id) = self.todo.pop_first().or_else(|| service.next_ready()) {
            let Some(connection) = self.connections.get_mut(&id) else {
                continue;
            };
            if may_go_on.contains(&id) {
                continue;
            }
            let mut fate = connection.serve(id, service);
            let waiting = connection.waiting(id, service);
            self.waiting = self.waiting - connection.waiting + waiting;
            connection.waiting = waiting;
            if self.waiting > ALL_OUTPUT && waiting > ALL_OUTPUT / self.connections.len() {
                fate = Fate::Lost;
            }
            match fate {
                Fate::Waits => {}
                Fate::MayGoOn => {
                    may_go_on.insert(id);
                }
                Fate::Finished | Fate::Reset | Fate::Lost => {
                    if let Some(mut connection) = self.connections.remove(&id) {
                        self.waiting -= connection.waiting;
                        let _ = self.poll.registry().deregister(connection.stream.source());
                        match fate {
                            Fate::Finished => connection.stream.finish(),
                            Fate::Reset => connection.stream.reset(),
                            _ => {}
                        }
                    }
                    service.close(id);
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
            waiting: 0,
            readable: true,
            writable: true,
            ends: false,
        }
    }

    fn serve(&mut self, id: ConnectionId, service: &mut impl Service) -> Fate {
        let mut chunk = [0; CHUNK];
        for _ in 0..TURNS {
            let closed = service.is_closed(id);
            let Ok(all_sent) = self.write(id, service) else {
                return Fate::Lost;
            };
            if service.is_dropped(id) {
                return Fate::Lost;
            }
            if service.is_busy(id) {
                return Fate::MayGoOn;
            }
            if closed {
                return match (all_sent, service.is_reset(id)) {
                    (false, _) => Fate::Waits,
                    (true, false) => Fate::Finished,
                    (true, true) => Fate::Reset,
                };
            }
            if !self.readable || self.waiting(id, service) > HIGH_WATER {
                return Fate::Waits;
            }
            match self.stream.read(&mut chunk) {
                Ok(0) => return Fate::Lost,
                Ok(length) => {
                    service.receive(id, &chunk[..length]);
                    // A stream that gives less than it is asked for has no more
                    // for now; only its end is not said a second time.
                    self.readable = length == chunk.len() || self.ends;
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

    /// How much waits to be sent.
    fn waiting(&self, id: ConnectionId, service: &impl Service) -> usize {
        self.output.len() - self.sent + service.waiting(id)
    }

    /// Writes as much as the system takes: whether that was everything.
    fn write(&mut self, id: ConnectionId, service: &mut impl Service) -> io::Result<bool> {
        loop {
            if self.sent == self.output.len() {
                self.output = service.take_output(id);
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

/// As many as leave an eighth of the process's descriptors to others.
fn most_connections() -> usize {
    let descriptors = getrlimit(Resource::RLIMIT_NOFILE).map_or(1024, |(now, _)| now);
    usize::try_from(descriptors - descriptors / 8).unwrap_or(usize::MAX)
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
