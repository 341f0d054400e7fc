//! What a control port sends.

use tor_harness_control::event::GenericEvent;
use tor_harness_control::reply::TypedReply;
use tor_harness_control::{DecodeOptions, Decoder, Event, Message, ParseError, Reply};

use super::control_value;
use super::said::said;

/// What a control port sends: it is cut alike whole and byte by byte, with any
/// limits, and the same is wrong at the same place; no reader panics; what is read
/// and rebuilt from its fields says what came, and encoded it is read alike.
pub fn control_reply(bytes: &[u8]) {
    let options = DecodeOptions::default();
    let half = bytes.len() / 2;
    for options in [
        options.accept_bare_lf(true),
        options.max_line(half),
        options.max_block(half),
        options.max_message(half),
        options.max_line(half / 2).max_block(half).max_message(half),
        options,
    ] {
        let whole = messages(bytes, bytes.len().max(1), options);
        assert_eq!(whole, messages(bytes, 1, options), "the pieces matter");
    }
    for message in messages(bytes, bytes.len().max(1), options).0 {
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
    if !has_lone_dots(message) {
        assert_eq!(reply.encode(), message.as_bytes(), "not as it came");
    }
    for keyword in TypedReply::KEYWORDS {
        let rewritten = |message: &Message<'_>| {
            let typed = TypedReply::parse_good(keyword, message).ok()?;
            if let TypedReply::GetInfo(values) = &typed {
                for entry in values.entries() {
                    control_value(&entry.value);
                }
            }
            Some(typed.to_reply())
        };
        if let Some(written) = rewritten(message) {
            let (now, then) = (said(keyword, &written), said(keyword, &reply));
            assert!(now == then, "{keyword}: {reply:?} is now {written:?}");
            with_encoded(&written, |again| {
                let again = rewritten(again).map(|reply| reply.encode());
                assert_eq!(again, Some(written.encode()), "not what it was");
            });
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

/// Whether a line of a data block starts with a dot that is not doubled.
fn has_lone_dots(message: &Message<'_>) -> bool {
    let blocks = message.lines().filter_map(|line| line.data);
    let mut lines = blocks.flat_map(|data| data.raw().split(|byte| *byte == b'\n'));
    lines.any(|line| line.starts_with(b".") && !line.starts_with(b".."))
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

/// The messages in bytes that come in pieces of a size, and what is wrong behind them.
fn messages(
    bytes: &[u8],
    size: usize,
    options: DecodeOptions,
) -> (Vec<Vec<u8>>, Option<ParseError>) {
    let mut decoder = Decoder::with_options(options);
    let mut messages = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        loop {
            match decoder.next() {
                Ok(Some(message)) => messages.push(message.as_bytes().to_vec()),
                Ok(None) => break,
                Err(error) => return (messages, Some(error)),
            }
        }
    }
    (messages, None)
}
