//! Typed replies: read, and written as they came.

use alloc::string::String;
use alloc::vec::Vec;

use super::*;
use crate::{Decoder, Message};

/// Calls `check` with the reply that a text is.
fn with(text: &str, check: impl FnOnce(&Message<'_>)) {
    let mut decoder = Decoder::new();
    decoder.push(text.as_bytes());
    check(&decoder.next().unwrap().expect("a whole reply"));
}

/// What a typed reply becomes when it is written again; `Err` if it is none.
fn rewrite(command: &str, message: &Message<'_>) -> Option<Reply> {
    Some(match command {
        "PROTOCOLINFO" => ProtocolInfo::parse(message).ok()?.to_reply(),
        "AUTHCHALLENGE" => AuthChallengeReply::parse(message).ok()?.to_reply(),
        "GETCONF" => GetConfReply::parse(message).ok()?.to_reply(),
        "MAPADDRESS" => MapAddressReply::parse(message).to_reply(),
        "EXTENDCIRCUIT" => ExtendCircuitReply::parse(message).ok()?.to_reply(),
        "ADD_ONION" => AddOnionReply::parse(message).ok()?.to_reply(),
        "ONION_CLIENT_AUTH_ADD" => AddClientAuthReply::parse(message).ok()?.to_reply(),
        "ONION_CLIENT_AUTH_VIEW" => ViewClientAuthReply::parse(message).ok()?.to_reply(),
        _ => return None,
    })
}

#[test]
fn read_and_written_alike() {
    for (command, text) in [
        (
            "MAPADDRESS",
            "250-a=b\r\n512-syntax error: invalid address 'b@r'\r\n250 c=d=e\r\n",
        ),
        ("MAPADDRESS", "451 resource exhausted\r\n"),
        ("EXTENDCIRCUIT", "250 EXTENDED 17\r\n"),
        ("EXTENDCIRCUIT", "250 EXTENDED 17 NEW=1 x\r\n"),
        (
            "ADD_ONION",
            "250-ServiceID=abc\r\n250-PrivateKey=RSA1024:AA==\r\n250-ClientAuth=bob:xx\r\n\
             250-ClientAuth=eve\r\n250-ClientAuthV3=KEY\r\n250-New=1\r\n250 OK\r\n",
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
            "250-ONION_CLIENT_AUTH_VIEW abc\r\n250 OK\r\n",
        ),
    ] {
        with(text, |message| {
            let again = rewrite(command, message).map(|reply| reply.encode());
            let again = again.as_deref().map(String::from_utf8_lossy);
            assert_eq!(again.as_deref(), Some(text), "{command}");
        });
    }
}

#[test]
fn refused() {
    for (command, text) in [
        ("EXTENDCIRCUIT", "250 OK\r\n"),
        ("EXTENDCIRCUIT", "250 EXTENDED \r\n"),
        ("EXTENDCIRCUIT", "551 EXTENDED 5\r\n"),
        ("ADD_ONION", "512 Missing 'Port' argument\r\n"),
        ("ADD_ONION", "250 OK\r\n"),
        (
            "ADD_ONION",
            "250-ServiceID=abc\r\n250-PrivateKey=x\r\n250 OK\r\n",
        ),
        ("ADD_ONION", "250-ServiceID=abc\r\n551 Failed\r\n"),
        (
            "ONION_CLIENT_AUTH_ADD",
            "512 Invalid v3 address \"foo\"\r\n",
        ),
        ("ONION_CLIENT_AUTH_VIEW", "250 OK\r\n"),
        (
            "ONION_CLIENT_AUTH_VIEW",
            "250-ONION_CLIENT_AUTH_VIEW\r\n250-CLIENT abc\r\n250 OK\r\n",
        ),
    ] {
        with(text, |message| {
            assert_eq!(rewrite(command, message), None, "{text}")
        });
    }
}

#[test]
fn fields() {
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
        assert_eq!(MapAddressReply::parse(message).answers, answers);
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
        with(&String::from_utf8_lossy(fixture.bytes), |message| {
            if let Some(reply) = rewrite(keyword, message) {
                assert_eq!(reply, Reply::from(*message), "{}", fixture.path);
                read.push(keyword);
            }
        });
    }
    read.dedup();
    for keyword in [
        "MAPADDRESS",
        "ADD_ONION",
        "ONION_CLIENT_AUTH_ADD",
        "ONION_CLIENT_AUTH_VIEW",
    ] {
        assert!(read.contains(&keyword), "no recording of {keyword}");
    }
}
