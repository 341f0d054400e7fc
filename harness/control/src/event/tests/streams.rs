//! What is carried: STREAM, STREAM_BW, ORCONN, ADDRMAP.

use alloc::vec::Vec;

use crate::event::*;
use crate::value::{StreamReason, Target};

#[test]
fn streams() {
    for (target, host, port) in [
        ("2001:db8::1:0", "2001:db8::1", Some(0)),
        ("[2001:db8::1]:80", "2001:db8::1", Some(80)),
        ("(Tor_internal):0", "(Tor_internal)", Some(0)),
        ("a.$AB.exit:9", "a.$AB.exit", Some(9)),
    ] {
        let line = alloc::format!("650 STREAM 4 NEW 0 {target} SOURCE_ADDR=::1:99 PURPOSE=USER");
        check!(&line, Stream, |stream: Stream<'_>| {
            assert_eq!(stream.target, Target::new(target));
            assert_eq!((stream.target.host(), stream.target.port()), (host, port));
            assert_eq!(stream.source_addr().unwrap().port(), Some(99));
            assert_eq!(stream.purpose(), Some(StreamPurpose::User));
        });
    }
    check!(
        "650 STREAM 5 CLOSED 0 a:0 REASON=END REMOTE_REASON=DONE CLIENT_PROTOCOL=UNKNOWN \
         NYM_EPOCH=0 SESSION_GROUP=-3 ISO_FIELDS=SOCKS_USERNAME,CLIENTADDR",
        Stream,
        |stream: Stream<'_>| {
            assert_eq!(stream.reason(), Some(StreamReason::End));
            assert_eq!(stream.remote_reason(), Some(StreamReason::Done));
            assert_eq!(stream.client_protocol(), Some(ClientProtocol::Unknown));
            assert_eq!(stream.nym_epoch(), Some(0));
            assert_eq!(stream.session_group(), Some(-3));
            let fields: Vec<_> = stream.iso_fields().collect();
            assert_eq!(fields, [IsoField::SocksUsername, IsoField::ClientAddr]);
        }
    );
    for (arguments, reason, remote) in [
        ("", None, None),
        ("REASON=DONE 0xBEEF", Some("DONE"), None),
        (
            "REASON=END REMOTE_REASON=EXITPOLICY",
            Some("END"),
            Some("EXITPOLICY"),
        ),
        // tor writes a space in front of a reason that it does not know.
        (
            "REASON= UNKNOWN_99 x PURPOSE=USER",
            Some("UNKNOWN_99"),
            None,
        ),
        (
            "REASON=END REMOTE_REASON= UNKNOWN_99",
            Some("END"),
            Some("UNKNOWN_99"),
        ),
        ("REASON= PURPOSE=USER", Some(""), None),
    ] {
        let line = alloc::format!("650 STREAM 5 FAILED 0 a:0 {arguments}");
        check!(line.trim_end(), Stream, |stream: Stream<'_>| {
            assert_eq!(stream.reason(), reason.map(StreamReason::new));
            assert_eq!(stream.remote_reason(), remote.map(StreamReason::new));
        });
    }
    // The time was not there once, and may have any number of digits.
    for (arguments, nanoseconds) in [
        ("1 2", None),
        ("1 2 2026-11-21T23:56:40", Some(0)),
        ("1 2 2026-11-21T23:56:40.25", Some(250_000_000)),
        ("1 2 later", None),
    ] {
        check!(
            &alloc::format!("650 STREAM_BW 4 {arguments}"),
            StreamBw,
            |bw: StreamBw<'_>| {
                assert_eq!((bw.written, bw.read), (1, 2));
                assert_eq!(bw.time.map(|time| time.nanoseconds()), nanoseconds);
            }
        );
    }
}

#[test]
fn connections() {
    for (peer, port, nickname) in [
        ("[2001:db8::1]:9001", Some(9001), None),
        ("127.0.0.1:001", Some(1), None),
        ("$AB~c", None, Some("c")),
        ("moria1", None, Some("moria1")),
    ] {
        let line = alloc::format!("650 ORCONN {peer} CLOSED REASON=DONE NCIRCS=2 ID=5");
        check!(&line, OrConn, |conn: OrConn<'_>| {
            match conn.peer {
                Peer::Relay(name) => assert_eq!(name.nickname(), nickname),
                Peer::Address(address) => assert_eq!(address.port(), port),
            }
            assert_eq!((conn.circuits(), conn.id()), (Some(2), Some("5")));
        });
    }
}

#[test]
fn address_mappings() {
    for (arguments, error, expires, cached, stream) in [
        ("NEVER CACHED=\"YES\"", None, None, Some(true), None),
        ("NEVER", None, None, None, None),
        (
            "\"2026-11-22 00:56:37\" error=yes EXPIRES=\"2026-11-21 23:56:37\" CACHED=\"NO\" STREAMID=5",
            Some("yes"),
            Some("2026-11-21 23:56:37"),
            Some(false),
            Some("5"),
        ),
        // The specification quotes the stream.
        ("NEVER STREAMID=\"5\"", None, None, None, Some("5")),
        // stem: takes the words behind a space that is not quoted for arguments.
        (
            "\"2026-11-22 00:56:37\" error=Unable to launch resolve request EXPIRES=\"2026-11-21 23:56:37\"",
            Some("Unable to launch resolve request"),
            Some("2026-11-21 23:56:37"),
            None,
            None,
        ),
    ] {
        let line = alloc::format!("650 ADDRMAP a.example <error> {arguments}");
        check!(&line, AddrMap, |map: AddrMap<'_>| {
            assert!(map.is_error());
            assert_eq!(map.expiry.is_never(), arguments.starts_with("NEVER"));
            assert_ne!(map.expiry.is_never(), map.expiry.local_time().is_some());
            assert_eq!(map.error(), error, "{arguments}");
            assert_eq!(map.expires().map(|time| time.as_str()), expires);
            assert_eq!((map.cached(), map.stream_id()), (cached, stream));
        });
    }
}
