//! What the fuzz targets call; a test calls it for every file of the corpus.
//!
//! Each takes any bytes and panics if a promise is broken.

use tor_harness_control::command::RawCommand;
use tor_harness_control::event::GenericEvent;
use tor_harness_control::reply::{AuthChallengeReply, GetConfReply, GetInfoReply, ProtocolInfo};
use tor_harness_control::{Command, CommandDecoder, Decoder, Event, Message, Reply};

/// What a control port sends: it is cut alike whole and byte by byte; no
/// reader panics; what is read, rebuilt from its fields and encoded, is read
/// alike.
pub fn control_reply(bytes: &[u8]) {
    let whole = messages(bytes, bytes.len().max(1));
    assert_eq!(whole, messages(bytes, 1), "the pieces matter");
    for message in whole {
        let mut decoder = Decoder::new();
        decoder.push(&message);
        if let Ok(Some(message)) = decoder.next() {
            read(&message);
        }
    }
}

/// Every typed reader on one message.
fn read(message: &Message<'_>) {
    let reply = Reply::from(*message);
    with_encoded(&reply, |again| {
        assert_eq!(Reply::from(*again), reply, "not what it was")
    });
    let _ = ProtocolInfo::parse(message).map(|info| info.to_reply());
    let _ = AuthChallengeReply::parse(message);
    if let Ok(reply) = GetInfoReply::parse(message) {
        let _ = reply.entries().count();
    }
    let _ = GetConfReply::parse(message).map(|reply| reply.to_reply());
    if let Ok(event) = GenericEvent::parse(message) {
        let _ = (event.arguments(), event.more_lines().count());
    }
    if let Ok(event) = Event::parse(message) {
        let reply = event.to_reply();
        with_encoded(&reply, |again| {
            assert_eq!(
                Event::parse(again).map(|event| event.to_reply()),
                Ok(reply.clone()),
                "not what it was"
            );
        });
    }
}

/// Encodes a reply and cuts it again.
fn with_encoded(reply: &Reply, check: impl FnOnce(&Message<'_>)) {
    let mut decoder = Decoder::new();
    decoder.push(&reply.encode());
    check(
        &decoder
            .next()
            .expect("what was encoded can be cut")
            .expect("it is whole"),
    );
}

fn messages(bytes: &[u8], size: usize) -> Vec<Vec<u8>> {
    let mut decoder = Decoder::new();
    let mut messages = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        while let Ok(Some(message)) = decoder.next() {
            messages.push(message.as_bytes().to_vec());
        }
    }
    messages
}

/// What a controller sends: no reader panics, and what is read encodes to
/// what is read alike.
pub fn control_command(bytes: &[u8]) {
    let mut decoder = CommandDecoder::new();
    decoder.push(bytes);
    while let Ok(Some(raw)) = decoder.next() {
        if let Ok(command) = Command::parse(&raw)
            && !matches!(command, Command::Other { .. })
        {
            let encoded = command.encode();
            assert_eq!(
                Command::parse(&RawCommand::new(&encoded)),
                Ok(command),
                "not what it was"
            );
        }
    }
}
