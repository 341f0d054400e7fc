//! The laws of the control protocol's messages.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tor_harness_control::command::RawCommand;
use tor_harness_control::event::EventCode;
use tor_harness_control::reply::TypedReply;
use tor_harness_control::{Command, CommandDecoder, Decoder, Event, Reply};

use crate::control::{self, DrawnEvent};
use crate::wire;

proptest! {
    /// `parse(encode(built)) == built`, in any pieces.
    #[test]
    fn replies_round_trip(replies in prop::collection::vec(control::reply(), 1..4), cuts in wire::cuts()) {
        let sent: Vec<u8> = replies.iter().flat_map(Reply::encode).collect();
        let mut decoder = Decoder::new();
        let mut read = Vec::new();
        for piece in wire::cut(&sent, &cuts) {
            decoder.push(piece);
            while let Some(message) = decoder.next()? {
                read.push(Reply::from(message));
            }
        }
        prop_assert_eq!(read, replies);
        prop_assert!(decoder.unread().is_empty());
    }

    /// `parse(encode(built)) == built`, in any pieces.
    #[test]
    fn commands_round_trip(command in control::command(), cuts in wire::cuts()) {
        let sent = command.encode();
        let mut decoder = CommandDecoder::new();
        let mut read = None;
        for piece in wire::cut(&sent, &cuts) {
            decoder.push(piece);
            if let Some(raw) = decoder.next_bytes()? {
                read = Some(raw.to_vec());
            }
        }
        let read = read.ok_or_else(|| TestCaseError::fail("not whole"))?;
        prop_assert_eq!(Command::parse(&RawCommand::new(&read)), Ok(command));
    }

    /// An event drawn as fields alone is read as these fields, and encodes to the same bytes.
    #[test]
    fn events_round_trip(drawn in control::event()) {
        check_event(&drawn)?;
    }

    /// Replies and events that come in turn are told apart, in any pieces.
    #[test]
    fn conversations_come_apart(talk in wire::conversation(), cuts in wire::cuts()) {
        let mut decoder = Decoder::new();
        let (mut replies, mut events) = (Vec::new(), Vec::new());
        for piece in wire::cut(&talk.encode(), &cuts) {
            decoder.push(piece);
            while let Some(message) = decoder.next()? {
                let to = if message.is_event() { &mut events } else { &mut replies };
                to.push(Reply::from(message));
            }
        }
        prop_assert_eq!((replies, events), (talk.replies, talk.events));
        prop_assert!(decoder.unread().is_empty());
    }

    /// A reply that has a type gives back its source: it is rebuilt from its fields.
    #[test]
    fn answers_round_trip((command, answer) in control::answer()) {
        let mut decoder = Decoder::new();
        decoder.push(&answer.encode());
        let message = decoder.next()?.ok_or_else(|| TestCaseError::fail("not whole"))?;
        let read = TypedReply::parse_good(command, &message)?;
        prop_assert!(!matches!(read, TypedReply::Status(_)), "{}", command);
        prop_assert_eq!(read.to_reply(), answer);
    }
}

/// The property says nothing of an event that was not drawn.
#[test]
fn every_event_is_drawn_with_fields() {
    let mut runner = TestRunner::deterministic();
    for code in EventCode::KNOWN {
        let strategy = control::event_of(*code);
        for _ in 0..20 {
            let drawn = strategy.new_tree(&mut runner).unwrap().current();
            assert_eq!(drawn.code(), *code);
            check_event(&drawn).unwrap();
        }
    }
}

fn check_event(drawn: &DrawnEvent) -> Result<(), TestCaseError> {
    let sent = drawn.to_reply().encode();
    let mut decoder = Decoder::new();
    decoder.push(&sent);
    let message = decoder
        .next()?
        .ok_or_else(|| TestCaseError::fail("not whole"))?;
    let read = Event::parse(&message)?;
    prop_assert_eq!(read, drawn.event());
    prop_assert_eq!(read.code(), drawn.code());
    prop_assert_eq!(read.to_reply().encode(), sent);
    Ok(())
}
