//! What is no typed reply.

use alloc::format;

use super::check::{rewrite, with};
use crate::Problem;
use crate::reply::{Reply, TypedReply};

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
