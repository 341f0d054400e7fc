//! Who hears of what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use tor_harness_control::Reply;

use crate::connection::ConnectionId;
use crate::knowledge::KNOWLEDGE;
use crate::wire::Delivery;

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

    /// The names of all.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().copied()
    }
}

/// The events of SETEVENTS.
///
/// # Errors
/// The first word that is no event.
pub(crate) fn parse_events<'w>(
    words: impl Iterator<Item = &'w [u8]>,
) -> Result<BTreeSet<EventKind>, &'w [u8]> {
    let mut events = BTreeSet::new();
    for word in words {
        let ignored = |known: &&str| known.as_bytes().eq_ignore_ascii_case(word);
        match EventKind::find(word) {
            Some(kind) => {
                events.insert(kind);
            }
            None if IGNORED.iter().any(ignored) => {}
            None => return Err(word),
        }
    }
    Ok(events)
}

/// Who hears of what, and what is still to be told.
#[derive(Debug, Default)]
pub(crate) struct Events {
    /// By what they hear of; nothing is here that nobody hears of.
    hearers: BTreeMap<EventKind, BTreeSet<ConnectionId>>,
    queue: Vec<(EventKind, Delivery)>,
}

impl Events {
    /// Makes these the events that a connection hears of.
    pub(crate) fn subscribe(&mut self, who: ConnectionId, events: BTreeSet<EventKind>) {
        self.forget(who);
        for kind in events {
            self.hearers.entry(kind).or_default().insert(who);
        }
    }

    /// Tells a connection nothing any more.
    pub(crate) fn forget(&mut self, who: ConnectionId) {
        self.hearers.retain(|_, hearers| {
            hearers.remove(&who);
            !hearers.is_empty()
        });
    }

    /// Whether anyone hears of these events.
    pub(crate) fn heard(&self, kind: EventKind) -> bool {
        self.hearers.contains_key(&kind)
    }

    /// Whether a connection hears of the events of a name.
    pub(crate) fn hears(&self, who: ConnectionId, name: &str) -> bool {
        let hearers = EventKind::find(name.as_bytes()).and_then(|kind| self.hearers.get(&kind));
        hearers.is_some_and(|hearers| hearers.contains(&who))
    }

    /// Puts an event behind those that wait, unless nobody hears of it now.
    pub(crate) fn emit(&mut self, kind: EventKind, event: impl Into<Delivery>) {
        if self.heard(kind) {
            self.queue.push((kind, event.into()));
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
    pub(crate) fn take(&mut self) -> Vec<(Vec<ConnectionId>, Delivery)> {
        let hearers = |kind| self.hearers.get(&kind).into_iter().flatten().copied();
        std::mem::take(&mut self.queue)
            .into_iter()
            .map(|(kind, event)| (hearers(kind).collect(), event))
            .collect()
    }
}
