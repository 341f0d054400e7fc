//! What is read out of a reply.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::check::with;
use crate::reply::*;

#[test]
fn fields() {
    for (lines, methods, cookie_file, version) in [
        // Some clients: fail where a method, a field, or a line is new or missing.
        ("AUTH METHODS=NEW,NULL", &["NEW", "NULL"][..], None, None),
        ("NEW a=b", &[], None, None),
        (
            "VERSION Tor=\"no version\" NEW=1",
            &[],
            None,
            Some("no version"),
        ),
        // stem: fails.
        ("AUTH METHODS=", &[], None, None),
        (
            "AUTH METHODS= COOKIEFILE=\"/c\"",
            &[],
            Some(&b"/c"[..]),
            None,
        ),
        // stem: finds no path behind what it does not know.
        (
            "AUTH METHODS=COOKIE NEW=1 COOKIEFILE=\"/c\" OLD",
            &["COOKIE"],
            Some(b"/c"),
            None,
        ),
        // stem: does not find the end of a quote with a backslash before it.
        (
            "AUTH METHODS=COOKIE COOKIEFILE=\"/c\\\\\" NEW=\"1\"",
            &["COOKIE"],
            Some(b"/c\\"),
            None,
        ),
        // More than one: the first counts, and none is lost.
        (
            "AUTH METHODS=COOKIE COOKIEFILE=\"a\" COOKIEFILE=\"b c\"",
            &["COOKIE"],
            Some(b"a"),
            None,
        ),
        (
            "AUTH METHODS=COOKIE COOKIEFILE=\"/\\\"\\303\\251\\377\"",
            &["COOKIE"],
            Some(b"/\"\xc3\xa9\xff"),
            None,
        ),
    ] {
        let text = format!("250-PROTOCOLINFO 1\r\n250-{lines}\r\n250 OK\r\n");
        with(&text, |message| {
            let info = ProtocolInfo::parse(message).unwrap();
            let read: Vec<_> = info.methods.iter().map(AuthMethod::as_str).collect();
            assert_eq!(read, methods, "{lines}");
            assert_eq!(info.cookie_file.as_deref(), cookie_file, "{lines}");
            assert_eq!(info.tor_version.as_deref(), version.map(str::as_bytes));
        });
    }
    for (text, value) in [
        // stem: leaves quotes and escapes in.
        (
            "250 A=\"a \\\"q\\\" \\n x\"\r\n",
            Some(&b"a \"q\" \n x"[..]),
        ),
        ("250 A=notice stdout\r\n", Some(b"notice stdout")),
        ("250 A=\r\n", Some(b"")),
        ("250 A\r\n", None),
    ] {
        with(text, |message| {
            let settings = GetConfReply::parse(message).unwrap().settings;
            assert_eq!((settings.len(), &*settings[0].key), (1, "A"));
            assert_eq!(settings[0].value.as_deref(), value, "{text}");
        });
    }
    for (text, value) in [
        // stem: fails without the `OK`.
        ("250 a=b\r\n", "b"),
        ("250-a=b=c\r\n250 OK\r\n", "b=c"),
        ("250-a=\r\n250 OK\r\n", ""),
        ("250-a=OK\r\n250 OK\r\n", "OK"),
        // torut, txtorcon: keep the doubled dot; bine: loses the empty line.
        (
            "250+a=\r\n..b\r\n.. \r\n250 OK\r\n\r\n.\r\n250 OK\r\n",
            ".b\n. \n250 OK\n\n",
        ),
    ] {
        with(text, |message| {
            let reply = GetInfoReply::parse(message).unwrap();
            let read = reply.value("a").unwrap();
            assert_eq!(String::from_utf8_lossy(&read), value, "{text:?}");
        });
    }
    with("250-a=b\r\n512 no\r\n", |message| {
        let answers = [
            MapAnswer::Mapped {
                from: b"a",
                to: b"b",
            },
            MapAnswer::Refused {
                status: StatusCode::BAD_ARGUMENT,
                text: b"no",
            },
        ];
        assert_eq!(MapAddressReply::parse(message).unwrap().answers, answers);
    });
    let text = "250-ONION_CLIENT_AUTH_VIEW\r\n\
                250-CLIENT abc x25519:AA= Flags=Permanent,New ClientName=bob\r\n250 OK\r\n";
    with(text, |message| {
        let reply = ViewClientAuthReply::parse(message).unwrap();
        let client = &reply.clients[0];
        assert_eq!((client.address, &*client.key.blob), ("abc", "AA="));
        assert_eq!(client.name().as_deref(), Some("bob"));
        let flags: Vec<_> = client.flags().map(|flag| flag.as_str()).collect();
        assert_eq!(flags, ["Permanent", "New"]);
    });
}
