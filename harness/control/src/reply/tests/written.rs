//! What a typed reply becomes when it is written again.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Add as _;

use super::check::{rewrite, with};
use crate::reply::{Reply, TypedReply};
use crate::{OwnedMessage, Problem};

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
        let message = OwnedMessage::of(wire);
        match (rewrite(command, &message.as_message()), place) {
            (Ok(reply), None) => assert_eq!(reply.encode(), wire),
            (Err(error), Some(place)) => {
                assert!(matches!(error.problem, Problem::NotUtf8(_)), "{error}");
                assert_eq!(wire.get(error.span.start..error.span.end), Some(place));
            }
            (read, _) => panic!("{command}: {read:?}"),
        }
    }
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
