//! The laws of the control protocol's messages.

use proptest::prelude::*;
use tor_harness_control::command::RawCommand;
use tor_harness_control::reply::{
    AddClientAuthReply, AddOnionReply, ExtendCircuitReply, GetConfReply, MapAddressReply,
    ViewClientAuthReply,
};
use tor_harness_control::{Command, CommandDecoder, Decoder, Reply};

use crate::{control, targets, wire};

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

    /// A reply that has a type gives back its source: it is rebuilt from its fields.
    #[test]
    fn answers_round_trip((command, answer) in control::answer()) {
        let mut decoder = Decoder::new();
        decoder.push(&answer.encode());
        let message = decoder.next()?.ok_or_else(|| TestCaseError::fail("not whole"))?;
        let rewritten = match command {
            "GETCONF" => GetConfReply::parse(&message)?.to_reply(),
            "MAPADDRESS" => MapAddressReply::parse(&message).to_reply(),
            "EXTENDCIRCUIT" => ExtendCircuitReply::parse(&message)?.to_reply(),
            "ADD_ONION" => AddOnionReply::parse(&message)?.to_reply(),
            "ONION_CLIENT_AUTH_ADD" => AddClientAuthReply::parse(&message)?.to_reply(),
            "ONION_CLIENT_AUTH_VIEW" => ViewClientAuthReply::parse(&message)?.to_reply(),
            _ => return Err(TestCaseError::fail(command)),
        };
        prop_assert_eq!(rewritten, answer);
    }

    /// The same for what is almost a command or an answer.
    #[test]
    fn almost_commands(
        command in control::command(),
        (_, answer) in control::answer(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        for (bytes, check) in [
            (command.encode(), targets::control_command as fn(&[u8])),
            (answer.encode(), targets::control_reply),
        ] {
            let mut bytes = bytes;
            let at = at.index(bytes.len());
            bytes[at] = byte;
            check(&bytes);
        }
    }

    /// Whatever a control port or a controller sends: no panic, and the
    /// promises that the fuzz targets check.
    #[test]
    fn anything_goes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        targets::control_reply(&bytes);
        targets::control_command(&bytes);
    }

    /// The same for what is almost a message.
    #[test]
    fn almost_messages(reply in control::reply(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = reply.encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        targets::control_reply(&bytes);
    }
}
