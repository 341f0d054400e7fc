//! Proves that ten times the bytes take no more than ten times the time, give or take.
//!
//! `cargo run --release -p tor-strategies --example linear` prints, for each shape of input, the
//! time for a byte of it at one length, at ten times that, and the ratio of the whole times; it
//! ends with 1 if a ratio is above 12 in the best of several tries.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::cell::RefCell;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tor_harness_control::info::{Kind, Value};
use tor_harness_control::reply::{
    AddOnionReply, GetConfReply, GetInfoReply, MapAddressReply, ProtocolInfo, ViewClientAuthReply,
};
use tor_harness_control::{Command, CommandDecoder, Decoder, Event};

/// The ratio that is too much.
const LIMIT: f64 = 12.0;
/// Another program may disturb a try, never all of them.
const TRIES: usize = 10;
/// The shorter input, in bytes: long enough for a clock, and short enough for ten times that, with
/// what is made of it, to stay in a cache.
const LENGTH: usize = 20_000;

/// A kind of input that may be of any length.
struct Shape {
    name: &'static str,
    start: &'static str,
    /// What comes over and over.
    again: &'static str,
    end: &'static str,
    read: fn(&[u8]),
}

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape("one long line", "250 ", "x", "\r\n", whole),
    shape("one long line, by bytes", "250 ", "x", "\r\n", by_bytes),
    shape("a line that never ends, by bytes", "250 ", "x", "", by_bytes),
    shape("many short messages", "", "250 OK\r\n", "", whole),
    shape("many short messages, by bytes", "", "250 OK\r\n", "", by_bytes),
    shape("many lines of one reply", "", "250-a=b\r\n", "250 OK\r\n", whole),
    shape("many lines of one reply, by bytes", "", "250-a=b\r\n", "250 OK\r\n", by_bytes),
    shape("one data block", "250+a=\r\n", "some line\r\n", ".\r\n250 OK\r\n", whole),
    shape("one data block, by bytes", "250+a=\r\n", "some line\r\n", ".\r\n250 OK\r\n", by_bytes),
    shape("a data block of dots", "250+a=\r\n", "..\r\n", ".\r\n250 OK\r\n", whole),
    shape("a data block of dots, by bytes", "250+a=\r\n", "..\r\n", ".\r\n250 OK\r\n", by_bytes),
    shape("a data block of one line, by bytes", "250+a=\r\n", "x", "\r\n.\r\n250 OK\r\n", by_bytes),
    shape("a data block that never ends, by bytes", "250+a=\r\n", "..x\r\n", "", by_bytes),
    shape("many data blocks", "", "250+a=\r\n.\r\n", "250 OK\r\n", whole),
    shape("an event of many keywords", "650 CIRC 1 BUILT", " K=v", "\r\n", event),
    shape("an event of many words", "650 BW 1 2", " w", "\r\n", event),
    shape("an event of many spaces", "650 CIRC 1 BUILT", " ", "\r\n", event),
    shape("an event of many quotes", "650 CIRC 1 BUILT K=", "\"", "\r\n", event),
    shape("an event of opening quotes", "650 CIRC 1 BUILT", " K=\"v", "\r\n", event),
    shape("an event of doubled quotes", "650 CIRC 1 BUILT", " K=\"\"v", "\r\n", event),
    shape("an event of backslashes", "650 CIRC 1 BUILT K=\"", "\\\\", "\"\r\n", event),
    shape("an event of backslashes, not closed", "650 CIRC 1 BUILT K=\"", "\\", "\r\n", event),
    shape("an event of escaped quotes", "650 CIRC 1 BUILT", " K=\"\\\"", "\r\n", event),
    shape("an event of many equals", "650 CIRC 1 BUILT ", "=", "\r\n", event),
    shape("a path of many hops", "650 CIRC 1 BUILT $A~a", ",$AB~c", "\r\n", event),
    shape("many relays", "650 NEWDESC $A~a", " $AB~c", "\r\n", event),
    shape("an expiry that is not closed", "650 ADDRMAP a b \"", "x ", "\r\n", event),
    shape("an event of many lines", "650-CONF_CHANGED\r\n", "650-A=b\r\n", "650 OK\r\n", event),
    shape("a log message of many lines", "650+NOTICE\r\n", "x\r\n", ".\r\n650 OK\r\n", event),
    shape("GETINFO of many keys", "", "250-a/b=c\r\n", "250 OK\r\n", reply),
    shape("GETINFO of many blocks", "", "250+a/b=\r\nc\r\n.\r\n", "250 OK\r\n", reply),
    shape("GETCONF of many options", "", "250-A=\"b\\n\"\r\n", "250 A\r\n", reply),
    shape("GETCONF of one long option", "250 A=\"", "\\001", "\"\r\n", reply),
    shape("PROTOCOLINFO of many methods", "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=A", ",B", "\r\n250 OK\r\n", reply),
    shape("PROTOCOLINFO of many lines", "250-PROTOCOLINFO 1\r\n", "250-X y\r\n", "250 OK\r\n", reply),
    shape("ADD_ONION of many clients", "250-ServiceID=a\r\n", "250-ClientAuth=a:b\r\n", "250 OK\r\n", reply),
    shape("ONION_CLIENT_AUTH_VIEW of many", "250-ONION_CLIENT_AUTH_VIEW\r\n", "250-CLIENT a x25519:b Flags=c\r\n", "250 OK\r\n", reply),
    shape("a value of many lines", "", "1 BUILT $A~b PURPOSE=GENERAL\n", "", value),
    shape("a value of many words", "a", " b=c", "", value),
    shape("a value of many quotes", "", "\"a\" ", "\"b\"", value),
    shape("a value of many numbers", "1,2", " 1,2", "", value),
    shape("GETINFO with many arguments", "GETINFO", " version", "\r\n", command),
    shape("SETCONF with many options", "SETCONF", " A=\"b\\n\"", "\r\n", command),
    shape("SETCONF with a long option", "SETCONF A=\"", "\\001", "\"\r\n", command),
    shape("SETCONF with much white space", "SETCONF A", " \t", "\r\n", command),
    shape("MAPADDRESS with many pairs", "MAPADDRESS", " a=b", "\r\n", command),
    shape("EXTENDCIRCUIT with many hops", "EXTENDCIRCUIT 0 a", ",b", "\r\n", command),
    shape("EXTENDCIRCUIT with many keywords", "EXTENDCIRCUIT 0 a", " x=y", "\r\n", command),
    shape("ADD_ONION with many ports", "ADD_ONION NEW:BEST", " Port=80,a:1", "\r\n", command),
    shape("ADD_ONION with many limits", "ADD_ONION NEW:BEST", " MaxStreams=1", "\r\n", command),
    shape("ADD_ONION with many flags", "ADD_ONION NEW:BEST Flags=A", ",B", "\r\n", command),
    shape("HSFETCH with many servers", "HSFETCH a", " SERVER=b", "\r\n", command),
    shape("HSPOST with many addresses", "+HSPOST", " HSADDRESS=b", "\r\na\r\n.\r\n", command),
    shape("AUTHENTICATE with many digits", "AUTHENTICATE ", "00", "\r\n", command),
    shape("AUTHENTICATE with many escapes", "AUTHENTICATE \"", "\\\"", "\"\r\n", command),
    shape("LOADCONF with many lines", "+LOADCONF\r\n", "A b\r\n", ".\r\n", command),
    shape("many commands, by bytes", "", "GETINFO a\n", "", commands_by_bytes),
    shape("one long command, by bytes", "GETINFO", " a", "\r\n", commands_by_bytes),
    shape("a long data block, by bytes", "+LOADCONF\r\n", "..\r\n", ".\r\n", commands_by_bytes),
];

const fn shape(
    name: &'static str,
    start: &'static str,
    again: &'static str,
    end: &'static str,
    read: fn(&[u8]),
) -> Shape {
    Shape {
        name,
        start,
        again,
        end,
        read,
    }
}

fn main() -> ExitCode {
    let mut status = ExitCode::SUCCESS;
    println!("| input | ns a byte | ns a byte of 10x | 10x takes |\n|---|---:|---:|---:|");
    for shape in SHAPES {
        let [short, long] = [LENGTH, 10 * LENGTH].map(|length| shape.bytes(length));
        let mut times = [Duration::ZERO, Duration::MAX];
        for _ in 0..TRIES {
            let again = [&short, &long].map(|bytes| time(shape.read, bytes));
            if ratio(again) < ratio(times) {
                times = again;
            }
            if ratio(times) <= LIMIT {
                break;
            }
        }
        let [short_time, long_time] = times;
        let ratio = ratio(times);
        let per_byte = |time: Duration, bytes: &[u8]| time.as_secs_f64() * 1e9 / bytes.len() as f64;
        println!(
            "| {} | {:.2} | {:.2} | {ratio:.1}x{} |",
            shape.name,
            per_byte(short_time, &short),
            per_byte(long_time, &long),
            if ratio > LIMIT { " **too much**" } else { "" },
        );
        if ratio > LIMIT {
            status = ExitCode::FAILURE;
        }
    }
    status
}

impl Shape {
    fn bytes(&self, length: usize) -> Vec<u8> {
        let again = self.again.repeat(length / self.again.len());
        [self.start, &again, self.end].concat().into_bytes()
    }
}

/// How long reading once takes, on average over a few milliseconds.
fn time(read: fn(&[u8]), bytes: &[u8]) -> Duration {
    let mut times = 0;
    let start = Instant::now();
    loop {
        read(black_box(bytes));
        times += 1;
        let all = start.elapsed();
        if all > Duration::from_millis(5) {
            return all / times;
        }
    }
}

fn ratio([short, long]: [Duration; 2]) -> f64 {
    long.as_secs_f64() / short.as_secs_f64()
}

/// Cuts messages and their lines, in a decoder that has its memory: what the system takes for that
/// is no matter of length.
fn whole(bytes: &[u8]) {
    thread_local! {
        static WARM: RefCell<Decoder> = RefCell::new(Decoder::new());
    }
    WARM.with_borrow_mut(|decoder| {
        decoder.push(bytes);
        cut(decoder);
        assert!(decoder.unread().is_empty(), "whole messages");
    });
}

fn by_bytes(bytes: &[u8]) {
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
fn event(bytes: &[u8]) {
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
fn reply(bytes: &[u8]) {
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
    let _ = black_box(MapAddressReply::parse(&message).map(|reply| reply.to_reply()));
}

/// Reads a value in every form.
fn value(bytes: &[u8]) {
    let mut out = Vec::new();
    for kind in Kind::ALL {
        if let Ok(value) = Value::parse_as(*kind, bytes) {
            value.encode(&mut out);
        }
    }
    black_box(out);
}

fn command(bytes: &[u8]) {
    let mut decoder = CommandDecoder::new();
    decoder.push(bytes);
    let Ok(Some(raw)) = decoder.next() else {
        unreachable!("a whole command")
    };
    let _ = black_box(Command::parse(&raw).map(|command| command.encode()));
}

fn commands_by_bytes(bytes: &[u8]) {
    let mut decoder = CommandDecoder::new();
    for piece in bytes.chunks(1) {
        decoder.push(piece);
        while let Ok(Some(raw)) = decoder.next() {
            let _ = black_box(Command::parse(&raw).map(|command| command.encode()));
        }
    }
}
