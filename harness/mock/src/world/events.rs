//! Who hears of what.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use tor_harness_control::Reply;

use crate::connection::ConnectionId;
use crate::knowledge::KNOWLEDGE;

/// The names of the recorded tor's events, in its order.
static NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| KNOWLEDGE.words("events/names").collect());

/// Words that SETEVENTS takes for old controllers, and that do nothing.
const IGNORED: &[&str] = &["EXTENDED", "AUTHDIR_NEWDESCS"];

/// A kind of event that this tor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EventKind(u32);

impl EventKind {
    /// The event of a name in any case.
    pub(crate) fn find(name: &[u8]) -> Option<Self> {
        let at = NAMES
            .iter()
            .position(|known| known.as_bytes().eq_ignore_ascii_case(name))?;
        u32::try_from(at).ok().map(Self)
    }
}

/// A set of kinds of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventSet(u64);

impl EventSet {
    /// The events of SETEVENTS.
    ///
    /// # Errors
    /// The first word that is no event.
    pub(crate) fn parse<'w>(words: impl Iterator<Item = &'w [u8]>) -> Result<Self, &'w [u8]> {
        let mut set = Self::default();
        for word in words {
            let ignored = |known: &&str| known.as_bytes().eq_ignore_ascii_case(word);
            match EventKind::find(word) {
                Some(kind) => set.0 |= 1 << kind.0,
                None if IGNORED.iter().any(ignored) => {}
                None => return Err(word),
            }
        }
        Ok(set)
    }

    fn has(self, kind: EventKind) -> bool {
        self.0 & (1 << kind.0) != 0
    }
}

/// Who hears of what, and what is still to be told.
#[derive(Debug, Default)]
pub(crate) struct Events {
    subscribed: BTreeMap<ConnectionId, EventSet>,
    queue: Vec<(EventKind, Vec<u8>)>,
}

impl Events {
    /// Makes these the events that a connection hears of.
    pub(crate) fn subscribe(&mut self, who: ConnectionId, events: EventSet) {
        self.subscribed.insert(who, events);
    }

    /// Tells a connection nothing any more.
    pub(crate) fn forget(&mut self, who: ConnectionId) {
        self.subscribed.remove(&who);
    }

    /// Whether anyone hears of these events.
    pub(crate) fn heard(&self, kind: EventKind) -> bool {
        self.subscribed.values().any(|set| set.has(kind))
    }

    /// Puts an event behind those that wait, unless nobody hears of it now.
    pub(crate) fn emit(&mut self, kind: EventKind, event: Vec<u8>) {
        if self.heard(kind) {
            self.queue.push((kind, event));
        }
    }

    /// The same, by the event's own name; a name that this tor does not have
    /// nobody hears of.
    pub(crate) fn emit_named(&mut self, name: &str, event: &Reply) {
        if let Some(kind) = EventKind::find(name.as_bytes()) {
            self.emit(kind, event.encode());
        }
    }

    /// Takes what waits: each event with those who hear of it by now.
    pub(crate) fn take(&mut self) -> Vec<(Vec<ConnectionId>, Vec<u8>)> {
        let queue = std::mem::take(&mut self.queue);
        let hearers = |kind| {
            let subscribed = self.subscribed.iter();
            subscribed
                .filter(move |(_, set)| set.has(kind))
                .map(|(who, _)| *who)
                .collect()
        };
        queue
            .into_iter()
            .map(|(kind, event)| (hearers(kind), event))
            .collect()
    }
}
