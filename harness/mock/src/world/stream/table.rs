//! tor's table of everything that is connected.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How many streams there are at most, those that are closing included: tor
/// has no limit.
const MOST_STREAMS: usize = 1000;

/// The number that tor gives to a connection of any kind: the first is its
/// own listener's.
pub(in crate::world) type Number = u64;

/// A stream that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stream {
    pub(super) number: Number,
    /// Where to, as it is by now.
    pub(super) address: String,
    pub(super) port: u16,
    /// The exit that its address asks for.
    pub(super) exit: Option<String>,
    /// Whether a name is looked up for an address.
    pub(super) is_reverse: bool,
    /// How many NEWNYMs had been done when it came.
    pub(super) epoch: u64,
    pub(super) waits_for: WaitsFor,
    /// When it has waited too long.
    pub(super) expires: Duration,
}

/// What a stream waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WaitsFor {
    /// ATTACHSTREAM.
    Controller,
    /// A circuit.
    Circuit,
    /// That the table is cleaned up: it is closed for this reason.
    Closing(u16),
}

/// What is connected, in tor's order: what goes leaves its place to the last.
#[derive(Debug)]
pub(in crate::world) struct Connections {
    all: Vec<Connection>,
    places: BTreeMap<Number, usize>,
    last: Number,
    /// Streams that are closed once everything that has been read is answered.
    closing: Vec<Number>,
    /// Which streams there are, by when they have waited too long.
    expiries: BTreeSet<(Duration, Number)>,
    /// Whether a stream has begun to wait for a circuit.
    pub(super) attaches: bool,
    /// When tor last warned of addresses in `.exit`.
    pub(super) warned_of_exit: Option<Duration>,
}

#[derive(Debug)]
struct Connection {
    number: Number,
    stream: Option<Stream>,
}

impl Default for Connections {
    fn default() -> Self {
        let mut table = Self {
            all: Vec::new(),
            places: BTreeMap::new(),
            last: 0,
            closing: Vec::new(),
            expiries: BTreeSet::new(),
            attaches: false,
            warned_of_exit: None,
        };
        // The listener of the port.
        table.add(|_| None);
        table
    }
}

impl Connections {
    /// A controller connects.
    pub(in crate::world) fn add_controller(&mut self) -> Number {
        self.add(|_| None)
    }

    /// A stream begins, unless there are too many.
    pub(super) fn add_stream(
        &mut self,
        expires: Duration,
        stream: impl FnOnce(Number) -> Stream,
    ) -> Option<Number> {
        if self.expiries.len() + self.closing.len() >= MOST_STREAMS {
            return None;
        }
        let number = self.add(|number| Some(stream(number)));
        self.expiries.insert((expires, number));
        Some(number)
    }

    /// Something is not connected any more.
    pub(in crate::world) fn remove(&mut self, number: Number) {
        if let Some(place) = self.places.remove(&number) {
            self.all.swap_remove(place);
            if let Some(moved) = self.all.get(place) {
                self.places.insert(moved.number, place);
            }
        }
    }

    /// A stream, unless it is closing.
    pub(super) fn stream(&mut self, number: Number) -> Option<&mut Stream> {
        let stream = self.any_stream(number)?;
        (!matches!(stream.waits_for, WaitsFor::Closing(_))).then_some(stream)
    }

    /// All streams that are not closing, in the table's order.
    pub(super) fn streams(&self) -> impl Iterator<Item = &Stream> {
        let streams = self.all.iter().filter_map(|one| one.stream.as_ref());
        streams.filter(|stream| !matches!(stream.waits_for, WaitsFor::Closing(_)))
    }

    /// A stream is going to be closed.
    pub(super) fn mark(&mut self, number: Number, reason: u16) {
        if let Some(stream) = self.stream(number) {
            stream.waits_for = WaitsFor::Closing(reason);
            let expires = stream.expires;
            self.expiries.remove(&(expires, number));
            self.closing.push(number);
        }
    }

    /// The next stream that is closed, with the reason.
    pub(super) fn next_closed(&mut self) -> Option<(Stream, u16)> {
        // As in the table itself: what goes leaves its place to the last.
        if self.closing.is_empty() {
            return None;
        }
        let number = self.closing.swap_remove(0);
        let stream = self.any_stream(number)?.clone();
        self.remove(number);
        match stream.waits_for {
            WaitsFor::Closing(reason) => Some((stream, reason)),
            _ => None,
        }
    }

    /// When the first stream has waited too long.
    pub(in crate::world) fn due(&self) -> Option<Duration> {
        self.expiries.first().map(|(expires, _)| *expires)
    }

    /// A stream that has waited too long by now.
    pub(super) fn late(&self, now: Duration) -> Option<Number> {
        let (expires, number) = self.expiries.first()?;
        (*expires <= now).then_some(*number)
    }

    fn any_stream(&mut self, number: Number) -> Option<&mut Stream> {
        let place = self.places.get(&number)?;
        self.all.get_mut(*place)?.stream.as_mut()
    }

    fn add(&mut self, stream: impl FnOnce(Number) -> Option<Stream>) -> Number {
        self.last += 1;
        let number = self.last;
        self.places.insert(number, self.all.len());
        let stream = stream(number);
        self.all.push(Connection { number, stream });
        number
    }
}
