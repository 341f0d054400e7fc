//! Bytes as they come over a connection: in any pieces, replies and events in turn.

use proptest::collection::vec;
use proptest::prelude::*;
use tor_harness_control::{Reply, StatusCode};

use crate::control;

/// Sizes of pieces, small and large, for [`cut`].
///
/// Never empty, and never a size of zero.
pub fn cuts() -> impl Strategy<Value = Vec<usize>> {
    vec(prop_oneof![4 => 1..8usize, 1 => 8..5000usize], 1..20)
}

/// Cuts bytes into pieces of these sizes, over and over until none are left.
pub fn cut<'b>(bytes: &'b [u8], sizes: &[usize]) -> impl Iterator<Item = &'b [u8]> {
    let mut rest = bytes;
    sizes.iter().cycle().map_while(move |size| {
        let (piece, after) = rest.split_at(rest.len().min((*size).max(1)));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// What a control port sends in the course of time: whole messages, events between replies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conversation {
    /// The answers, in order; none has an event's status.
    pub replies: Vec<Reply>,
    /// The events, in order.
    pub events: Vec<Reply>,
    /// All of them, in the order in which they come.
    pub messages: Vec<Reply>,
}

impl Conversation {
    /// The bytes that come.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.messages.iter().flat_map(Reply::encode).collect()
    }
}

/// Several replies, with events before, between and behind them.
///
/// ```
/// use proptest::prelude::*;
/// use tor_harness_control::{Decoder, Reply};
/// use tor_strategies::wire;
///
/// proptest!(|(talk in wire::conversation(), cuts in wire::cuts())| {
///     let (mut replies, mut events) = (Vec::new(), Vec::new());
///     let mut decoder = Decoder::new();
///     for piece in wire::cut(&talk.encode(), &cuts) {
///         decoder.push(piece);
///         while let Some(message) = decoder.next()? {
///             let to = if message.is_event() { &mut events } else { &mut replies };
///             to.push(Reply::from(message));
///         }
///     }
///     prop_assert_eq!((replies, events), (talk.replies, talk.events));
/// });
/// ```
pub fn conversation() -> impl Strategy<Value = Conversation> {
    let reply = prop_oneof![
        control::answer().prop_map(|(_, reply)| reply),
        control::reply().prop_map(|reply| starting_with(reply, StatusCode::OK)),
    ];
    let event = prop_oneof![
        3 => control::event().prop_map(|event| event.to_reply()),
        1 => control::reply().prop_map(|reply| starting_with(reply, StatusCode::EVENT)),
    ];
    interleaved(reply, event)
}

/// Replies and events of one's choice, in any order. Only the events may begin with an event's
/// status.
pub fn interleaved(
    reply: impl Strategy<Value = Reply>,
    event: impl Strategy<Value = Reply>,
) -> impl Strategy<Value = Conversation> {
    (
        vec(reply, 1..4),
        vec((event, any::<prop::sample::Index>()), 0..5),
    )
        .prop_map(|(replies, drawn)| {
            // How many replies come before each event.
            let mut events: Vec<_> = drawn
                .into_iter()
                .map(|(event, at)| (at.index(replies.len() + 1), event))
                .collect();
            events.sort_by_key(|(before, _)| *before);
            let mut messages = Vec::new();
            for at in 0..=replies.len() {
                let here = events.iter().filter(|(before, _)| *before == at);
                messages.extend(here.map(|(_, event)| event.clone()));
                messages.extend(replies.get(at).cloned());
            }
            let events = events.into_iter().map(|(_, event)| event).collect();
            Conversation {
                replies,
                events,
                messages,
            }
        })
}

/// The message with this status in its first line, which says whether it is an event.
fn starting_with(mut message: Reply, status: StatusCode) -> Reply {
    match message.lines.first_mut() {
        Some(line) => line.status = status,
        None => message.status = status,
    }
    message
}
