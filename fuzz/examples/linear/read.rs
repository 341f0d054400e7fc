//! What is done with an input, to its end.

use std::cell::RefCell;
use std::hint::black_box;

use tor_harness_control::info::{self, Value};
use tor_harness_control::reply::{
    AddOnionReply, GetConfReply, GetInfoReply, MapAddressReply, ProtocolInfo, ViewClientAuthReply,
};
use tor_harness_control::{Command, CommandDecoder, Decoder, Event};
use tor_harness_netdoc::{Document, Fields, Kind, stretches};

/// Cuts messages and their lines, in a decoder that has its memory: what the system takes for that
/// is no matter of length.
pub(crate) fn whole(bytes: &[u8]) {
    thread_local! {
        static WARM: RefCell<Decoder> = RefCell::new(Decoder::new());
    }
    WARM.with_borrow_mut(|decoder| {
        decoder.push(bytes);
        cut(decoder);
        assert!(decoder.unread().is_empty(), "whole messages");
    });
}

/// The same, in the smallest pieces.
pub(crate) fn by_bytes(bytes: &[u8]) {
    let mut decoder = Decoder::new();
    for piece in bytes.chunks(1) {
        decoder.push(piece);
        cut(&mut decoder);
    }
}

fn cut(decoder: &mut Decoder) {
    while let Ok(Some(message)) = decoder.next() {
        black_box(message.lines().count());
    }
}

/// Reads the one message and does to it all that an event is for.
pub(crate) fn event(bytes: &[u8]) {
    let mut decoder = Decoder::new();
    decoder.push(bytes);
    let Ok(Some(message)) = decoder.next() else {
        unreachable!("a whole message")
    };
    let Ok(event) = Event::parse(&message) else {
        return;
    };
    black_box(event.to_reply());
    match event {
        Event::Circ(event) => {
            black_box(event.hops().count());
            black_box(event.keywords.iter().count());
            black_box(event.socks_username());
            black_box(event.keywords.phrase("K"));
        }
        Event::Bw(event) => {
            black_box(event.keywords.iter().count());
        }
        Event::NewDesc(event) => {
            black_box(event.relays().count());
        }
        Event::AddrMap(event) => {
            black_box(event.error());
        }
        Event::ConfChanged(event) => {
            black_box(event.settings().count());
        }
        Event::Log(event) => {
            black_box(event.text());
        }
        other => unreachable!("no shape gives {other:?}"),
    }
}

/// Reads the one message as a reply of every kind.
pub(crate) fn reply(bytes: &[u8]) {
    let mut decoder = Decoder::new();
    decoder.push(bytes);
    let Ok(Some(message)) = decoder.next() else {
        unreachable!("a whole message")
    };
    if let Ok(reply) = GetInfoReply::parse(&message) {
        black_box(reply.entries().count());
    }
    let _ = black_box(GetConfReply::parse(&message).map(|reply| reply.to_reply()));
    let _ = black_box(ProtocolInfo::parse(&message).map(|reply| reply.to_reply()));
    let _ = black_box(AddOnionReply::parse(&message).map(|reply| reply.to_reply()));
    let _ = black_box(ViewClientAuthReply::parse(&message).map(|reply| reply.to_reply()));
    black_box(
        MapAddressReply::parse(&message)
            .map(|reply| reply.to_reply())
            .ok(),
    );
}

/// Reads a value in every form.
pub(crate) fn value(bytes: &[u8]) {
    let mut out = Vec::new();
    for kind in info::Kind::ALL {
        if let Ok(value) = Value::parse_as(*kind, bytes) {
            value.encode(&mut out);
        }
    }
    black_box(out);
}

/// Reads the one command, and writes it again.
pub(crate) fn command(bytes: &[u8]) {
    let mut decoder = CommandDecoder::new();
    decoder.push(bytes);
    let Ok(Some(raw)) = decoder.next() else {
        unreachable!("a whole command")
    };
    let Ok(command) = Command::parse(&raw) else {
        unreachable!("a command that is read to its end")
    };
    black_box(command.encode());
}

/// The same, of any number that come in the smallest pieces.
pub(crate) fn commands_by_bytes(bytes: &[u8]) {
    let mut decoder = CommandDecoder::new();
    for piece in bytes.chunks(1) {
        decoder.push(piece);
        while let Ok(Some(raw)) = decoder.next() {
            let _ = black_box(Command::parse(&raw).map(|command| command.encode()));
        }
    }
}

/// Reads a file of documents: cuts it, looks at every item, checks each document as its kind.
pub(crate) fn file(bytes: &[u8]) {
    for stretch in stretches(bytes) {
        for item in stretch.document.items() {
            black_box(item.arguments().count());
            black_box(item.object().and_then(|object| object.decode()));
        }
        if let Some(kind) = stretch.kind {
            kind_of(kind, &stretch.document);
        }
    }
}

/// Reads one document as each kind.
pub(crate) fn every_kind(bytes: &[u8]) {
    let document = Document::new(bytes);
    Kind::all().for_each(|kind| kind_of(kind, &document));
}

/// Finds the items of a document, and checks it.
fn kind_of(kind: Kind, document: &Document<'_>) {
    for section in kind.rules().sections {
        let fields = Fields::read(*document, section);
        for rule in section.rules {
            black_box(fields.item(rule.keyword));
        }
    }
    black_box(kind.check(document));
}

/// Looks at each byte once.
pub(crate) fn search(bytes: &[u8]) {
    assert!(!bytes.contains(&b'\n'), "a search to the end");
}

/// Looks from one place after the other to the end.
pub(crate) fn search_again_and_again(bytes: &[u8]) {
    for start in (0..bytes.len()).step_by(256) {
        search(black_box(&bytes[start..]));
    }
}
