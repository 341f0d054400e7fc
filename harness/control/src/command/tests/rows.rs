//! Commands in tor's own spelling.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};

use super::parse;
use crate::command::*;
use crate::reply::Setting;

fn set<'a>(key: &'a str, value: Option<&'a str>) -> Setting<'a> {
    Setting {
        key: key.into(),
        value: value.map(|v| Cow::Borrowed(v.as_bytes())),
    }
}

fn key<'a>(key: &'a str, value: &'a str) -> Keyword<'a> {
    Keyword {
        key: key.into(),
        value: Some(value.into()),
    }
}

fn flag(key: &str) -> Keyword<'_> {
    Keyword {
        key: key.into(),
        value: None,
    }
}

fn add_onion<'a>(ports: Vec<OnionPort<'a>>) -> AddOnion<'a> {
    AddOnion {
        ports,
        ..AddOnion::new(TypedKey::NEW_BEST)
    }
}

fn port(port: u16, target: Option<&str>) -> OnionPort<'_> {
    OnionPort {
        port,
        target: target.map(Cow::Borrowed),
    }
}

/// Commands in tor's own spelling: they are read and written alike.
fn rows() -> Vec<(&'static str, Command<'static>)> {
    vec![
        (
            "SETCONF Nickname=me ContactInfo=\"a b\" ExitPolicy",
            Command::SetConf(vec![
                set("Nickname", Some("me")),
                set("ContactInfo", Some("a b")),
                set("ExitPolicy", None),
            ]),
        ),
        (
            "RESETCONF Nickname",
            Command::ResetConf(vec![set("Nickname", None)]),
        ),
        ("GETCONF", Command::GetConf(vec![])),
        (
            "SETEVENTS BW CIRC",
            Command::SetEvents(vec!["BW".into(), "CIRC".into()]),
        ),
        ("AUTHENTICATE", Command::Authenticate(AuthToken::None)),
        (
            "AUTHENTICATE 00FF",
            Command::Authenticate(AuthToken::Hex(vec![0, 255])),
        ),
        (
            "AUTHENTICATE \"a\\\"b\"",
            Command::Authenticate(AuthToken::Quoted(Cow::Borrowed(b"a\"b"))),
        ),
        ("SAVECONF", Command::SaveConf(SaveConf::default())),
        (
            "SAVECONF FORCE x a=b",
            Command::SaveConf(SaveConf {
                force: true,
                others: vec![flag("x"), key("a", "b")],
            }),
        ),
        ("SIGNAL NEWNYM", Command::Signal(Signal::Newnym)),
        (
            "MAPADDRESS 0.0.0.0=example.com a= b=c=d",
            Command::MapAddress(
                [("0.0.0.0", "example.com"), ("a", ""), ("b", "c=d")]
                    .map(|(from, to)| Mapping {
                        from: from.into(),
                        to: to.into(),
                    })
                    .into(),
            ),
        ),
        (
            "GETINFO version config-file",
            Command::GetInfo(vec!["version".into(), "config-file".into()]),
        ),
        (
            "EXTENDCIRCUIT 0 a,$BB=b x=y z",
            Command::ExtendCircuit(ExtendCircuit {
                others: vec![key("a,$BB", "b"), key("x", "y"), flag("z")],
                ..ExtendCircuit::new([])
            }),
        ),
        (
            "EXTENDCIRCUIT 0 $AA=a,$BB~b,c purpose=controller x=y z",
            Command::ExtendCircuit(ExtendCircuit {
                purpose: Some(CircuitPurpose::Controller),
                others: vec![key("x", "y"), flag("z")],
                ..ExtendCircuit::new(["$AA=a", "$BB~b", "c"])
            }),
        ),
        (
            "EXTENDCIRCUIT 12 a",
            Command::ExtendCircuit(ExtendCircuit {
                circuit: "12".into(),
                ..ExtendCircuit::new(["a"])
            }),
        ),
        (
            "SETCIRCUITPURPOSE 7 purpose=new x=y",
            Command::SetCircuitPurpose(SetCircuitPurpose {
                circuit: "7".into(),
                purpose: CircuitPurpose::Other("new"),
                others: vec![key("x", "y")],
            }),
        ),
        (
            "SETROUTERPURPOSE $AA general",
            Command::SetRouterPurpose(vec!["$AA".into(), "general".into()]),
        ),
        (
            "ATTACHSTREAM 7 0 HOP=2 HOP=3",
            Command::AttachStream(AttachStream {
                stream: "7".into(),
                circuit: "0".into(),
                hop: Some(2),
                others: vec![key("HOP", "3")],
            }),
        ),
        (
            "+POSTDESCRIPTOR purpose=bridge cache=no x=y\r\nrouter\r\n..\r\n.",
            Command::PostDescriptor(PostDescriptor {
                purpose: Some(RouterPurpose::Bridge),
                cache: Some(false),
                others: vec![key("x", "y")],
                descriptor: Cow::Borrowed(b"router\n.\n"),
            }),
        ),
        (
            "REDIRECTSTREAM 7 example.com 80 x",
            Command::RedirectStream(RedirectStream {
                stream: "7".into(),
                address: "example.com".into(),
                port: Some(80),
                others: vec!["x".into()],
            }),
        ),
        (
            "CLOSESTREAM 7 1 x y=z",
            Command::CloseStream(CloseStream {
                stream: "7".into(),
                reason: 1,
                flags: vec!["x".into(), "y=z".into()],
            }),
        ),
        (
            "CLOSECIRCUIT 7 IfUnused x y=z",
            Command::CloseCircuit(CloseCircuit {
                circuit: "7".into(),
                if_unused: true,
                others: vec![flag("x"), key("y", "z")],
            }),
        ),
        ("QUIT", Command::Quit),
        (
            "USEFEATURE VERBOSE_NAMES",
            Command::UseFeature(vec!["VERBOSE_NAMES".into()]),
        ),
        (
            "RESOLVE mode=reverse 1.2.3.4 ::1 mode=x y=z",
            Command::Resolve(Resolve {
                reverse: true,
                addresses: vec!["1.2.3.4".into(), "::1".into()],
                others: vec![key("mode", "x"), key("y", "z")],
            }),
        ),
        ("PROTOCOLINFO 1", Command::ProtocolInfo(vec!["1".into()])),
        (
            "+LOADCONF\r\nSocksPort 0\r\n.",
            Command::LoadConf(Cow::Borrowed(b"SocksPort 0\n")),
        ),
        ("TAKEOWNERSHIP", Command::TakeOwnership),
        (
            "AUTHCHALLENGE SAFECOOKIE AB",
            Command::AuthChallenge {
                method: "SAFECOOKIE".into(),
                nonce: AuthToken::Hex(vec![0xab]),
            },
        ),
        ("DROPGUARDS", Command::DropGuards),
        (
            "HSFETCH abc SERVER=AA SERVER=BB x=y",
            Command::HsFetch(HsFetch {
                target: "abc".into(),
                servers: vec!["AA".into(), "BB".into()],
                others: vec![key("x", "y")],
            }),
        ),
        (
            "ADD_ONION NEW:BEST Port=80",
            Command::AddOnion(add_onion(vec![port(80, None)])),
        ),
        (
            "ADD_ONION ED25519-V3:AA== MaxStreams=5 x=y Flags=DiscardPK,New MaxStreams=6 \
             PoWDefensesEnabled=1 PoWQueueRate=4294967295 PoWQueueBurst=0 Port=80,unix:/a Port=81 \
             ClientAuth=bob ClientAuth=eve:AA ClientAuthV3=KEY",
            Command::AddOnion(AddOnion {
                key: TypedKey::new("ED25519-V3", "AA=="),
                flags: vec![OnionFlag::DiscardPk, OnionFlag::Other("New")],
                max_streams: Some(6),
                pow_defenses: Some(true),
                pow_queue_rate: Some(u32::MAX),
                pow_queue_burst: Some(0),
                client_auth: vec![
                    OnionClient {
                        name: "bob".into(),
                        cookie: None,
                    },
                    OnionClient {
                        name: "eve".into(),
                        cookie: Some("AA".into()),
                    },
                ],
                client_auth_v3: vec!["KEY".into()],
                others: vec![key("MaxStreams", "5"), key("x", "y")],
                ..add_onion(vec![port(80, Some("unix:/a")), port(81, None)])
            }),
        ),
        ("DEL_ONION abc", Command::DelOnion("abc".into())),
        (
            "+HSPOST SERVER=AA HSADDRESS=x a=b HSADDRESS=abc\r\nhs-descriptor 3\r\n.",
            Command::HsPost(HsPost {
                servers: vec!["AA".into()],
                address: Some("abc".into()),
                others: vec![key("HSADDRESS", "x"), key("a", "b")],
                descriptor: Cow::Borrowed(b"hs-descriptor 3\n"),
            }),
        ),
        (
            "ONION_CLIENT_AUTH_ADD abc x25519:AA= ClientName=x a=b ClientName=bob Flags=Permanent,New",
            Command::AddClientAuth(AddClientAuth {
                address: "abc".into(),
                key: TypedKey::new("x25519", "AA="),
                name: Some("bob".into()),
                flags: vec![ClientAuthFlag::Permanent, ClientAuthFlag::Other("New")],
                others: vec![key("ClientName", "x"), key("a", "b")],
            }),
        ),
        (
            "ONION_CLIENT_AUTH_REMOVE abc x=y",
            Command::RemoveClientAuth(RemoveClientAuth {
                address: "abc".into(),
                others: vec![key("x", "y")],
            }),
        ),
        (
            "ONION_CLIENT_AUTH_VIEW abc x=y",
            Command::ViewClientAuth(ViewClientAuth {
                address: Some("abc".into()),
                others: vec![key("x", "y")],
            }),
        ),
        (
            "ONION_CLIENT_AUTH_VIEW",
            Command::ViewClientAuth(ViewClientAuth::default()),
        ),
        ("DROPOWNERSHIP", Command::DropOwnership),
        ("DROPTIMEOUTS", Command::DropTimeouts),
        (
            "+NEW x\ty\r\nbody\r\n.",
            Command::Other {
                keyword: Cow::Borrowed(b"NEW"),
                arguments: Cow::Borrowed(b"x\ty"),
                body: Some(Cow::Borrowed(b"body\n")),
            },
        ),
    ]
}

#[test]
fn both_ways() {
    for (line, command) in rows() {
        let line = format!("{line}\r\n");
        assert_eq!(parse(line.as_bytes()).as_ref(), Ok(&command), "{line}");
        let encoded = command.encode();
        assert_eq!(String::from_utf8_lossy(&encoded), line);
    }
}

#[test]
fn every_keyword_has_a_row() {
    for keyword in Command::KEYWORDS {
        let has_row = rows()
            .iter()
            .any(|(line, _)| line.split([' ', '\r']).next() == Some(keyword));
        assert!(has_row, "{keyword}");
    }
}

/// A quoted string has no way to say a line end or NUL.
#[test]
fn a_secret_stays_in_its_line() {
    for (secret, written) in [
        (&b"a\r\nSIGNAL HALT"[..], "610D0A5349474E414C2048414C54"),
        (b"\n", "0A"),
        (b"a\r", "610D"),
        (b"\0", "00"),
        (b"\t\\\"\xc3\xa9", "\"\t\\\\\\\"\u{e9}\""),
    ] {
        let token = || AuthToken::Quoted(Cow::Borrowed(secret));
        let method = "SAFECOOKIE".into();
        let nonce = token();
        for (command, before) in [
            (Command::Authenticate(token()), "AUTHENTICATE"),
            (
                Command::AuthChallenge { method, nonce },
                "AUTHCHALLENGE SAFECOOKIE",
            ),
        ] {
            let line = format!("{before} {written}\r\n");
            assert_eq!(command.encode(), line.as_bytes());
        }
    }
}
