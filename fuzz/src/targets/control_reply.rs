//! What a control port sends.

use tor_harness_control::event::GenericEvent;
use tor_harness_control::reply::{
    AddClientAuthReply, AddOnionReply, AuthChallengeReply, ExtendCircuitReply, GetConfReply,
    GetInfoReply, MapAddressReply, ProtocolInfo, ViewClientAuthReply,
};
use tor_harness_control::{DecodeOptions, Decoder, Event, Message, Reply};

use super::control_value;

/// What a control port sends: it is cut alike whole and byte by byte, with any
/// limits; no reader panics; what is read, rebuilt from its fields and encoded,
/// is read alike.
pub fn control_reply(bytes: &[u8]) {
    let options = DecodeOptions::default();
    let half = bytes.len() / 2;
    for options in [
        options.accept_bare_lf(true),
        options.max_line(half),
        options.max_message(half),
        options,
    ] {
        let whole = messages(bytes, bytes.len().max(1), options);
        assert_eq!(whole, messages(bytes, 1, options), "the pieces matter");
    }
    for message in messages(bytes, bytes.len().max(1), options) {
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
    let rewritten: [fn(&Message<'_>) -> Option<Reply>; 8] = [
        |message| Some(ProtocolInfo::parse(message).ok()?.to_reply()),
        |message| Some(AuthChallengeReply::parse(message).ok()?.to_reply()),
        |message| Some(GetConfReply::parse(message).ok()?.to_reply()),
        |message| Some(MapAddressReply::parse(message).to_reply()),
        |message| Some(ExtendCircuitReply::parse(message).ok()?.to_reply()),
        |message| Some(AddOnionReply::parse(message).ok()?.to_reply()),
        |message| Some(AddClientAuthReply::parse(message).ok()?.to_reply()),
        |message| Some(ViewClientAuthReply::parse(message).ok()?.to_reply()),
    ];
    for rewritten in rewritten {
        if let Some(reply) = rewritten(message) {
            with_encoded(&reply, |again| {
                assert_eq!(rewritten(again).as_ref(), Some(&reply), "not what it was");
            });
        }
    }
    if let Ok(reply) = GetInfoReply::parse(message) {
        for entry in reply.entries() {
            control_value(&entry.value);
        }
    }
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

fn messages(bytes: &[u8], size: usize, options: DecodeOptions) -> Vec<Vec<u8>> {
    let mut decoder = Decoder::with_options(options);
    let mut messages = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        while let Ok(Some(message)) = decoder.next() {
            messages.push(message.as_bytes().to_vec());
        }
    }
    messages
}
