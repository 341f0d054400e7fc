//! Typed replies: read, and written as they came.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Add as _;

use super::*;
use crate::{Decoder, Message, ParseError, Problem};

/// Calls `check` with the reply that a text is.
fn with(text: &str, check: impl FnOnce(&Message<'_>)) {
    let mut decoder = Decoder::new();
    decoder.push(text.as_bytes());
    check(&decoder.next().unwrap().expect("a whole reply"));
}

/// What a typed reply becomes when it is written again.
fn rewrite(command: &str, message: &Message<'_>) -> Result<Reply, ParseError> {
    assert!(TypedReply::KEYWORDS.contains(&command), "{command}");
    Ok(TypedReply::parse_good(command, message)?.to_reply())
}

/// A refusal is no error where any answer will do, but where a part was refused.
#[test]
fn refusals() {
    for keyword in TypedReply::KEYWORDS.iter().chain(&["SIGNAL"]) {
        with("250-a=b\r\n551 c\r\n", |message| {
            let reply = TypedReply::parse(keyword, message).unwrap();
            let is_status = matches!(reply, TypedReply::Status(_));
            assert_eq!(is_status, *keyword != "MAPADDRESS", "{keyword}");
            assert_eq!(reply.to_reply(), Reply::from(*message), "{keyword}");
        });
    }
}

/// The exceptions that the docs of `reply` list, in their order.
#[test]
fn what_is_not_written_as_it_came() {
    let nonce = "SERVERNONCE=".to_owned() + &"0A".repeat(32);
    let challenge = |hash: &str, end: &str| {
        let hash = hash.repeat(32);
        format!("250 AUTHCHALLENGE SERVERHASH={hash} {nonce}{end}\r\n")
    };
    for (command, text, again) in [
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-NEW\r\n250-VERSION Tor=\"1\"\r\n250-AUTH METHODS=NULL\r\n250 OK\r\n",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250-VERSION Tor=\"1\"\r\n250-NEW\r\n250 OK\r\n",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250 OK\r\n",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=\r\n250 OK\r\n",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL X=y\r\n250-VERSION Tor=\"1\" z\r\n250 OK\r\n",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250-VERSION Tor=\"1\"\r\n250-X=y\r\n250-z\r\n250 OK\r\n",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE COOKIEFILE=\"a\" COOKIEFILE=\"b\"\r\n250 OK\r\n",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE COOKIEFILE=\"a\"\r\n250-COOKIEFILE=\"b\"\r\n250 OK\r\n",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE   COOKIEFILE=\"a\"\r\n250 OK\r\n",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE COOKIEFILE=\"a\"\r\n250 OK\r\n",
        ),
        ("AUTHCHALLENGE", &challenge("ab", ""), &challenge("AB", "")),
        (
            "AUTHCHALLENGE",
            &challenge("AB", " x"),
            &challenge("AB", ""),
        ),
        (
            "GETINFO",
            "250+a=\r\n.\r\n250 OK\r\n",
            "250-a=\r\n250 OK\r\n",
        ),
        (
            "GETINFO",
            "250-a=b\rc\r\n250 OK\r\n",
            "250+a=\r\nb\rc\r\n.\r\n250 OK\r\n",
        ),
        (
            "ADD_ONION",
            "250-New\r\n250-ServiceID=abc\r\n250 OK\r\n",
            "250-ServiceID=abc\r\n250-New\r\n250 OK\r\n",
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW\r\n250-New\r\n250-CLIENT a b:c\r\n250 OK\r\n",
            "250-ONION_CLIENT_AUTH_VIEW\r\n250-CLIENT a b:c\r\n250-New\r\n250 OK\r\n",
        ),
        // Quotes and escapes.
        ("GETCONF", "250 A=\"b\\x41\"\r\n", "250 A=bA\r\n"),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL COOKIEFILE=\"\\x41\"\r\n250-VERSION Tor=\"\\061\"\r\n250 OK\r\n",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL COOKIEFILE=\"A\"\r\n250-VERSION Tor=\"1\"\r\n250 OK\r\n",
        ),
        // Colons of keys.
        (
            "ADD_ONION",
            "250-ServiceID=abc\r\n250-PrivateKey=:A::B:\r\n250 OK\r\n",
            "250-ServiceID=abc\r\n250-PrivateKey=A:B\r\n250 OK\r\n",
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW\r\n250-CLIENT a b::c\r\n250 OK\r\n",
            "250-ONION_CLIENT_AUTH_VIEW\r\n250-CLIENT a b:c\r\n250 OK\r\n",
        ),
        // Lines where one is usual.
        (
            "AUTHCHALLENGE",
            &challenge("AB", "")
                .replace("250 ", "250-")
                .add("250 OK\r\n"),
            &challenge("AB", ""),
        ),
        (
            "EXTENDCIRCUIT",
            "250-EXTENDED 5\r\n250-New\r\n250 OK\r\n",
            "250 EXTENDED 5\r\n",
        ),
        (
            "ONION_CLIENT_AUTH_ADD",
            "250-New\r\n250 OK\r\n",
            "250 OK\r\n",
        ),
        // No `OK`.
        ("GETINFO", "250 a=b\r\n", "250-a=b\r\n250 OK\r\n"),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250 NEW\r\n",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250-NEW\r\n250 OK\r\n",
        ),
        (
            "ADD_ONION",
            "250 ServiceID=abc\r\n",
            "250-ServiceID=abc\r\n250 OK\r\n",
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250 ONION_CLIENT_AUTH_VIEW abc\r\n",
            "250-ONION_CLIENT_AUTH_VIEW abc\r\n250 OK\r\n",
        ),
        // A space at the end.
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL \r\n250-VERSION Tor=\"1\" \r\n250 OK\r\n",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250-VERSION Tor=\"1\"\r\n250 OK\r\n",
        ),
        ("EXTENDCIRCUIT", "250 EXTENDED 5 \r\n", "250 EXTENDED 5\r\n"),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW \r\n250-CLIENT a b:c \r\n250 OK\r\n",
            "250-ONION_CLIENT_AUTH_VIEW\r\n250-CLIENT a b:c\r\n250 OK\r\n",
        ),
    ] {
        with(text, |message| {
            let written = rewrite(command, message).unwrap().encode();
            assert_eq!(String::from_utf8_lossy(&written), again, "{text}");
        });
    }
}

#[test]
fn read_and_written_alike() {
    for (command, text) in [
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE,NEW COOKIEFILE=\"/a \\\"b\\\\\"\r\n\
             250-VERSION Tor=\"0.4.9.11\"\r\n250-NEW a=b\r\n250 OK\r\n",
        ),
        (
            "AUTHCHALLENGE",
            "250 AUTHCHALLENGE \
             SERVERHASH=00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF \
             SERVERNONCE=FFEEDDCCBBAA99887766554433221100FFEEDDCCBBAA99887766554433221100\r\n",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=A,,B,\r\n250-OK\r\n250 OK\r\n",
        ),
        ("GETCONF", "250 OK\r\n"),
        ("GETCONF", "250-OK\r\n250 Foo=1\r\n"),
        (
            "GETCONF",
            "250-Log=notice stdout\r\n250-Log=\"a \\\"q\\\" \\n x\"\r\n250-Nickname\r\n250 X=\r\n",
        ),
        // stem, txtorcon, bine, torut: none of them takes more than one status.
        (
            "MAPADDRESS",
            "250-a=b\r\n512-syntax error: invalid address 'b@r'\r\n250 c=d=e\r\n",
        ),
        ("MAPADDRESS", "451 resource exhausted\r\n"),
        // The values' keys need not be UTF-8, nor have a byte.
        ("GETINFO", "250-=b\r\n250+a=\r\n..\r\n.\r\n250 OK\r\n"),
        ("EXTENDCIRCUIT", "250 EXTENDED 17\r\n"),
        ("EXTENDCIRCUIT", "250 EXTENDED 17 NEW=1 x\r\n"),
        (
            "ADD_ONION",
            "250-ServiceID=abc\r\n250-PrivateKey=RSA1024:AA==\r\n250-ClientAuth=bob:xx\r\n\
             250-ClientAuth=eve\r\n250-ClientAuthV3=KEY\r\n250-New=1\r\n250 OK\r\n",
        ),
        (
            "ADD_ONION",
            "250-ServiceID=abc\r\n250-PrivateKey=A:B\r\n250-ServiceID=abc\r\n\
             250-PrivateKey=A:B\r\n250-OK\r\n250 OK\r\n",
        ),
        ("ONION_CLIENT_AUTH_ADD", "250 OK\r\n"),
        (
            "ONION_CLIENT_AUTH_ADD",
            "251 Client for onion existed and replaced\r\n",
        ),
        (
            "ONION_CLIENT_AUTH_ADD",
            "252 Registered client and decrypted desc\r\n",
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW\r\n\
             250-CLIENT abc x25519:AA= Flags=Permanent,New ClientName=bob X=y z\r\n\
             250-CLIENT def x25519:BB=\r\n250-NEW\r\n250 OK\r\n",
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW abc\r\n250-OK\r\n250 OK\r\n",
        ),
    ] {
        with(text, |message| {
            let again = rewrite(command, message).unwrap().encode();
            assert_eq!(String::from_utf8_lossy(&again), text, "{command}");
        });
    }
}

/// What is wrong, and the text that is said to be.
#[test]
fn refused() {
    let hash = "00".repeat(32);
    let hash_only = format!("250 AUTHCHALLENGE SERVERHASH={hash}\r\n");
    let bad_nonce = format!("250 AUTHCHALLENGE SERVERHASH={hash} SERVERNONCE=0g x\r\n");
    let no_nonce = format!("250 AUTHCHALLENGE SERVERHASH={hash} SERVERNONCE=\r\n");
    let challenge = Problem::Expected("250 AUTHCHALLENGE");
    let info = Problem::Expected("250-PROTOCOLINFO");
    let extended = Problem::Expected("250 EXTENDED");
    let good = Problem::Expected("250");
    let typed_key = Problem::Expected("TYPE:KEY");
    let view = Problem::Expected("250-ONION_CLIENT_AUTH_VIEW");
    let client = Problem::Expected("CLIENT ADDRESS TYPE:KEY");
    let change = Problem::Expected("250, 251 or 252");
    let line = Problem::Expected("a line without a data block");
    let short_hash = format!("250 AUTHCHALLENGE SERVERHASH=ABCD SERVERNONCE={hash}\r\n");
    let failed = format!("250-AUTHCHALLENGE SERVERHASH={hash} SERVERNONCE={hash}\r\n551 no\r\n");
    for (command, text, problem, place) in [
        ("PROTOCOLINFO", "514 No.\r\n", info, "No."),
        ("PROTOCOLINFO", "250 OK\r\n", info, "OK"),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO \r\n250 OK\r\n",
            Problem::Missing("version"),
            "",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE COOKIEFILE=a\r\n250 OK\r\n",
            Problem::Expected("a quoted string"),
            "a",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS= COOKIEFILE=\"a\\q\" x\r\n250 OK\r\n",
            Problem::Escape,
            "\\q",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250-VERSION Tor=\"a\r\n250 OK\r\n",
            Problem::Unterminated,
            "\"a",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n551 Failed\r\n",
            good,
            "Failed",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n251-NEW\r\n250 OK\r\n",
            good,
            "NEW",
        ),
        (
            "PROTOCOLINFO",
            "250-PROTOCOLINFO 1\r\n250+X\r\nlost\r\n.\r\n250 OK\r\n",
            line,
            "X",
        ),
        (
            "PROTOCOLINFO",
            "250+PROTOCOLINFO 1\r\n.\r\n250 OK\r\n",
            line,
            "PROTOCOLINFO 1",
        ),
        ("AUTHCHALLENGE", "515 No.\r\n", challenge, "No."),
        ("AUTHCHALLENGE", &failed, good, "no"),
        (
            "AUTHCHALLENGE",
            &short_hash,
            Problem::Expected("64 hexadecimal digits"),
            "ABCD",
        ),
        (
            "AUTHCHALLENGE",
            "250 AUTHCHALLENGE NEW=1\r\n",
            Problem::Missing("SERVERHASH="),
            "NEW=1",
        ),
        (
            "AUTHCHALLENGE",
            "250 AUTHCHALLENGE SERVERHASH=000 SERVERNONCE=00\r\n",
            Problem::Hex,
            "000",
        ),
        (
            "AUTHCHALLENGE",
            &hash_only,
            Problem::Missing("SERVERNONCE="),
            "",
        ),
        ("AUTHCHALLENGE", &bad_nonce, Problem::Hex, "0g"),
        (
            "AUTHCHALLENGE",
            &no_nonce,
            Problem::Missing("SERVERNONCE="),
            "",
        ),
        ("GETINFO", "552-a\r\n552 b\r\n", good, "a"),
        ("GETINFO", "250-a=b\r\n551 c\r\n", good, "c"),
        (
            "GETINFO",
            "250-a=b\r\n250-c\r\n250 OK\r\n",
            Problem::Expected("KEY=VALUE"),
            "c",
        ),
        (
            "GETINFO",
            "250-OK\r\n250 OK\r\n",
            Problem::Expected("KEY=VALUE"),
            "OK",
        ),
        (
            "GETINFO",
            "250+a=head\r\nb\r\n.\r\n250 OK\r\n",
            Problem::Trailing,
            "head",
        ),
        ("GETCONF", "552 a\r\n", good, "a"),
        ("GETCONF", "552 OK\r\n", good, "OK"),
        ("GETCONF", "250+A=b\r\nc\r\n.\r\n250 OK\r\n", line, "A=b"),
        (
            "MAPADDRESS",
            "250+a=b\r\nc\r\n.\r\n250 d=e\r\n",
            line,
            "a=b",
        ),
        ("GETCONF", "250 A=\"b\"c\r\n", Problem::Trailing, "c"),
        ("GETCONF", "250 A=\"b\\q\"\r\n", Problem::Escape, "\\q"),
        ("EXTENDCIRCUIT", "250 OK\r\n", extended, "OK"),
        (
            "EXTENDCIRCUIT",
            "551 EXTENDED 5\r\n",
            extended,
            "EXTENDED 5",
        ),
        (
            "EXTENDCIRCUIT",
            "250 EXTENDED \r\n",
            Problem::Missing("circuit"),
            "",
        ),
        (
            "EXTENDCIRCUIT",
            "250 EXTENDED  x\r\n",
            Problem::Missing("circuit"),
            "x",
        ),
        ("EXTENDCIRCUIT", "250-EXTENDED 5\r\n551 no\r\n", good, "no"),
        ("ADD_ONION", "512 No port\r\n", good, "No port"),
        (
            "ADD_ONION",
            "250-ServiceID=abc\r\n250+X\r\nlost\r\n.\r\n250 OK\r\n",
            line,
            "X",
        ),
        (
            "ADD_ONION",
            "250-ServiceID=abc\r\n551 Failed\r\n",
            good,
            "Failed",
        ),
        (
            "ADD_ONION",
            "250 OK\r\n",
            Problem::Missing("ServiceID"),
            "OK",
        ),
        (
            "ADD_ONION",
            "250-ServiceID=abc\r\n250-PrivateKey=x\r\n250 OK\r\n",
            typed_key,
            "x",
        ),
        (
            "ONION_CLIENT_AUTH_ADD",
            "512 Invalid v3 address \"foo\"\r\n",
            change,
            "Invalid v3 address \"foo\"",
        ),
        (
            "ONION_CLIENT_AUTH_ADD",
            "551-no\r\n250 OK\r\n",
            change,
            "no",
        ),
        (
            "ONION_CLIENT_AUTH_ADD",
            "250+X\r\nlost\r\n.\r\n250 OK\r\n",
            line,
            "X",
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW\r\n551 no\r\n",
            good,
            "no",
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW\r\n250+X\r\nlost\r\n.\r\n250 OK\r\n",
            line,
            "X",
        ),
        ("ONION_CLIENT_AUTH_VIEW", "250 OK\r\n", view, "OK"),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW\r\n250-CLIENT abc\r\n250 OK\r\n",
            client,
            "abc",
        ),
    ] {
        with(text, |message| {
            let error = rewrite(command, message).unwrap_err();
            let found = text.get(error.span.start..error.span.end);
            assert_eq!((error.problem, found), (problem, Some(place)), "{text}");
        });
    }
}

/// Text that is not UTF-8 is not left out.
#[test]
fn bytes_that_are_no_text() {
    for (command, wire, place) in [
        (
            "PROTOCOLINFO",
            &b"250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE,\xff,X COOKIEFILE=\"/x\"\r\n250 OK\r\n"[..],
            Some(&b"COOKIE,\xff,X"[..]),
        ),
        (
            "PROTOCOLINFO",
            b"250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250-\xff\r\n250 OK\r\n",
            None,
        ),
        ("GETINFO", b"250-\xff=\xff\r\n250 OK\r\n", None),
        (
            "ADD_ONION",
            b"250-ServiceID=abc\r\n250-PrivateKey=A:\xff\r\n250 OK\r\n",
            None,
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            b"250-ONION_CLIENT_AUTH_VIEW\r\n250-CLIENT a b:\xff\r\n250 OK\r\n",
            Some(b"a b:\xff"),
        ),
    ] {
        let mut decoder = Decoder::new();
        decoder.push(wire);
        let message = decoder.next().unwrap().expect("a whole reply");
        match (rewrite(command, &message), place) {
            (Ok(reply), None) => assert_eq!(reply.encode(), wire),
            (Err(error), Some(place)) => {
                assert!(matches!(error.problem, Problem::NotUtf8(_)), "{error}");
                assert_eq!(wire.get(error.span.start..error.span.end), Some(place));
            }
            (read, _) => panic!("{command}: {read:?}"),
        }
    }
}

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

/// What tor said is read, and written as it came.
#[test]
fn recordings() {
    let mut read = Vec::new();
    for fixture in tor_fixtures::all()
        .iter()
        .filter(|f| f.kind == tor_fixtures::Kind::Reply)
    {
        let command = fixture.command.lines().last().unwrap_or_default();
        let keyword = command.split(' ').next().unwrap_or_default();
        if !TypedReply::KEYWORDS.contains(&keyword) {
            continue;
        }
        with(&String::from_utf8_lossy(fixture.bytes), |message| {
            if let Ok(reply) = rewrite(keyword, message) {
                assert_eq!(reply, Reply::from(*message), "{}", fixture.path);
                read.push(keyword);
            }
        });
    }
    let unread = TypedReply::KEYWORDS
        .iter()
        .filter(|keyword| !read.contains(keyword));
    // tor extends no circuit without a network.
    assert_eq!(unread.collect::<Vec<_>>(), [&"EXTENDCIRCUIT"]);
}
