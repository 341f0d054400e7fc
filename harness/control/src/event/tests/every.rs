//! What holds for every event.

use alloc::string::String;
use alloc::vec::Vec;

use super::check::check;
use crate::OwnedMessage;
use crate::event::*;
use crate::problem::Problem;
use crate::value::Path;

#[test]
fn every_recording_has_a_type_and_its_bytes() {
    let events: Vec<_> = tor_fixtures::all()
        .iter()
        .filter(|fixture| fixture.path.starts_with("control/event/"))
        .collect();
    assert!(events.len() > 50);
    for fixture in events {
        let text = core::str::from_utf8(fixture.bytes).unwrap();
        check(text.trim_end().replace("\r\n", "\n").as_str(), |event| {
            assert!(!matches!(event, Event::Other(_)), "{}", fixture.path);
        });
    }
}

#[test]
fn tor_offers_what_can_be_subscribed_to() {
    let fixture = tor_fixtures::find("control/getinfo/events-names").unwrap();
    let text = core::str::from_utf8(fixture.bytes).unwrap();
    let names = text.lines().next().unwrap();
    let offered: Vec<_> = names
        .trim_start_matches("250-events/names=")
        .split(' ')
        .map(EventCode::new)
        .collect();
    assert_eq!(offered, EventCode::SUBSCRIBABLE);
}

#[test]
fn every_known_name_has_a_type() {
    // Enough for any: positional arguments that are numbers, then keywords.
    let arguments = "1 1 1 1 ID=1 TYPE=OR READ=1 WRITTEN=1 LAST=1";
    for code in EventCode::KNOWN {
        check(&alloc::format!("650 {code} {arguments}"), |event| {
            assert_eq!(event.code(), *code);
            assert!(!matches!(event, Event::Other(_)), "{code}");
        });
    }
}

#[test]
fn extra_arguments_and_lines_are_kept() {
    // stem: takes the extra lines for arguments of the first.
    let lines =
        "650-CIRC 1000 EXTENDED moria1,moria2 0xBEEF\n650-EXTRAMAGIC=99\n650 ANONYMITY=high";
    check!(lines, Circ, |circ: Circ<'_>| {
        assert_eq!(circ.path, Some(Path::new("moria1,moria2")));
        assert_eq!(circ.keywords.as_str(), "0xBEEF");
        let more: Vec<_> = circ.more.lines().map(|line| line.text).collect();
        assert_eq!(more, [&b"EXTRAMAGIC=99"[..], b"ANONYMITY=high"]);
    });
    check!("650+BW 1 2 NEW=3\nx\n.\n650 OK", Bw, |bw: Bw<'_>| {
        assert_eq!(bw.keywords.number("NEW"), Some(3));
        assert_eq!(bw.more.data().unwrap().raw(), b"x\r\n");
    });
    check("650 BLARG 1 2", |event| {
        assert_eq!(event.code(), EventCode::Other("BLARG"));
    });
    check!(
        "650 ADDRMAP a b \"2026 11\"x NEW=1",
        AddrMap,
        |map: AddrMap<'_>| {
            assert_eq!(map.expiry.as_str(), "\"2026 11\"x");
            assert_eq!(map.keywords.as_str(), "NEW=1");
        }
    );
    check("651 BW 1 2", |event| {
        assert!(matches!(event, Event::Other(_)), "another status is kept");
    });
}

/// The exceptions that the docs of `event` list, in their order.
#[test]
fn what_is_not_written_as_it_came() {
    for (line, again) in [
        ("650 BW 01 +2", "650 BW 1 2"),
        (
            "650 CIRC_BW ID=1 READ=02 WRITTEN=3",
            "650 CIRC_BW ID=1 READ=2 WRITTEN=3",
        ),
        (
            "650 TRANSPORT_LAUNCHED client a b 09",
            "650 TRANSPORT_LAUNCHED client a b 9",
        ),
        ("650 BW 1 2 ", "650 BW 1 2"),
        ("650 CIRC 1 LAUNCHED ", "650 CIRC 1 LAUNCHED"),
        ("650 DESCCHANGED ", "650 DESCCHANGED"),
        ("650 WARN", "650 WARN "),
    ] {
        let wire = alloc::format!("{line}\r\n");
        let message = OwnedMessage::of(wire.as_bytes());
        let written = Event::parse(&message.as_message())
            .unwrap()
            .to_reply()
            .encode();
        let written = String::from_utf8_lossy(&written);
        assert_eq!(written, alloc::format!("{again}\r\n"), "{line}");
    }
}

#[test]
fn refuses_what_lacks_something() {
    for (line, problem, span) in [
        (
            "250 OK",
            Problem::Expected("an event, with a status code of 6yz"),
            0..3,
        ),
        ("650 BW 1", Problem::Missing("bytes written"), 8..8),
        ("650 ", Problem::Missing("event"), 4..4),
        ("650  BW 1 2", Problem::Missing("event"), 5..11),
        ("650 SIGNAL", Problem::Missing("signal"), 10..10),
        ("650 GUARD ENTRY $AB", Problem::Missing("status"), 19..19),
        ("650 NETWORK_LIVENESS", Problem::Missing("status"), 20..20),
        ("650 ORCONN a", Problem::Missing("status"), 12..12),
        ("650 CIRC_MINOR 1", Problem::Missing("change"), 16..16),
        (
            "650 STATUS_CLIENT NOTICE",
            Problem::Missing("action"),
            24..24,
        ),
        (
            "650 STREAM_BW 1 x 2",
            Problem::Number("bytes written"),
            16..17,
        ),
        (
            "650 HS_DESC FAILED a",
            Problem::Missing("authentication"),
            20..20,
        ),
        (
            "650 HS_DESC_CONTENT a b",
            Problem::Missing("directory"),
            23..23,
        ),
        (
            "650 BUILDTIMEOUT_SET",
            Problem::Missing("kind of timeout"),
            20..20,
        ),
        ("650 ADDRMAP a  b", Problem::Missing("new address"), 15..16),
        (
            "650 CONN_BW ID=1 READ=1 WRITTEN=1",
            Problem::Missing("TYPE"),
            33..33,
        ),
        ("650 BW 1 -2", Problem::Number("bytes written"), 9..11),
        ("650 CIRC 1", Problem::Missing("status"), 10..10),
        ("650 STREAM 1 NEW 0", Problem::Missing("target"), 18..18),
        ("650 ADDRMAP a b", Problem::Missing("expiry"), 15..15),
        (
            "650 CIRC_BW ID=1 READ=2",
            Problem::Missing("WRITTEN"),
            23..23,
        ),
        (
            "650 CIRC_BW ID=1 READ=x WRITTEN=1",
            Problem::Number("READ"),
            22..23,
        ),
        // stem: fails without saying why.
        (
            "650 TB_EMPTY GLOBAL READ=1",
            Problem::Missing("WRITTEN"),
            26..26,
        ),
        (
            "650 TRANSPORT_LAUNCHED client a b 65536",
            Problem::Number("port"),
            34..39,
        ),
    ] {
        let wire = alloc::format!("{line}\r\n");
        let message = OwnedMessage::of(wire.as_bytes());
        assert_eq!(
            Event::parse(&message.as_message()),
            Err(problem.at(span)),
            "{line}"
        );
    }
    for (line, what, span) in [
        (&b"650 CIRC \xff BUILT\r\n"[..], "circuit", 9..10),
        (b"650 CIRC 1 BUILT \xff x\r\n", "arguments", 17..20),
        (b"650 B\xff 1\r\n", "event", 4..6),
    ] {
        let message = OwnedMessage::of(line);
        let error = Event::parse(&message.as_message()).unwrap_err();
        assert_eq!(error, Problem::NotUtf8(what).at(span));
    }
}
