//! Commands: read and written, as tor reads them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};

use super::*;
use crate::problem::{ParseError, Problem};
use crate::reply::Setting;

fn parse(line: &[u8]) -> Result<Command<'_>, ParseError> {
    Command::parse(&RawCommand::new(line))
}

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

/// Tor 0.4.9.11 takes the one for the other.
#[test]
fn reads_what_tor_reads() {
    for (line, as_this) in [
        ("getinfo\tversion  ", "GETINFO version"),
        ("GETINFO\x0bversion", "GETINFO version"),
        ("GETINFO \x0c\x0bversion\x0b", "GETINFO version"),
        ("SETEVENTS ", "SETEVENTS"),
        ("SETCONF A=b\tC=d\x0bE=f", "SETCONF A=b C=d E=f"),
        ("SETCONF A=b\x0cC=d", "SETCONF A=\"b\\014C=d\""),
        ("SETCONF A=\"b\"c D=", "SETCONF A=b c D="),
        ("SETCONF A=b\"c\"", "SETCONF A=\"b\\\"c\\\"\""),
        ("SETCONF A=b'", "SETCONF A=\"b\\'\""),
        ("signal \x0bNewNym\x0b", "SIGNAL NEWNYM"),
        ("QUIT now", "QUIT"),
        ("AUTHENTICATE ab", "AUTHENTICATE AB"),
        ("CLOSESTREAM 7 01", "CLOSESTREAM 7 1"),
        ("TAKEOWNERSHIP x", "TAKEOWNERSHIP"),
        ("AUTHENTICATE \"a\"\x0b", "AUTHENTICATE \"a\""),
        (
            "AUTHCHALLENGE SAFECOOKIE \tAB",
            "AUTHCHALLENGE SAFECOOKIE AB",
        ),
        ("MAPADDRESS a=b\tc=d", "MAPADDRESS a=b c=d"),
        ("CLOSECIRCUIT 7 ifunused=", "CLOSECIRCUIT 7 IfUnused"),
        ("EXTENDCIRCUIT 0 purpose=", "EXTENDCIRCUIT 0 purpose"),
        (
            "EXTENDCIRCUIT 0 a=b PURPOSE=General",
            "EXTENDCIRCUIT 0 purpose=general a=b",
        ),
        ("RESOLVE a= b mode=REVERSE", "RESOLVE mode=reverse a b"),
        (
            "ADD_ONION :NEW::BEST: flags=,detach,, FLAGS=New port=,80,",
            "ADD_ONION NEW:BEST Flags=Detach,New Port=80",
        ),
        ("ADD_ONION NEW:BEST Port=+80", "ADD_ONION NEW:BEST Port=80"),
        (
            "ADD_ONION NEW:BEST Port=80,,x",
            "ADD_ONION NEW:BEST Port=80,x",
        ),
        ("ONION_CLIENT_AUTH_VIEW \t", "ONION_CLIENT_AUTH_VIEW"),
        ("SETEVENTS BW\0 CIRC", "SETEVENTS BW"),
        ("QUIT\0X", "QUIT"),
        ("SETCONF A=\"\"B=c", "SETCONF A= B=c"),
        ("SAVECONF FORCE force= x=", "SAVECONF FORCE x="),
        ("EXTENDCIRCUIT 0 a(=", "EXTENDCIRCUIT 0 a("),
        ("RESOLVE h ent=", "RESOLVE h ent"),
        ("AUTHENTICATE \"\\a\\\"\"", "AUTHENTICATE \"a\\\"\""),
        ("+LOADCONF\n.a\n.\n", "+LOADCONF\r\na\r\n."),
    ] {
        let as_this = format!("{as_this}\r\n");
        let command = parse(line.as_bytes());
        assert_eq!(command, parse(as_this.as_bytes()), "{line:?}");
        let encoded = command.map(|command| command.encode());
        assert_eq!(encoded, Ok(as_this.into_bytes()));
    }
}

#[test]
fn only_spaces_separate_words() {
    for (line, command) in [
        (
            &b"SETEVENTS BW\tCIRC\t STREAM\r\r\n"[..],
            Command::SetEvents(vec!["BW\tCIRC".into(), "STREAM".into()]),
        ),
        (b"SIGNAL HUP\tx\n", Command::Signal(Signal::Other("HUP\tx"))),
        (
            b"CLOSECIRCUIT 7\tIfUnused",
            Command::CloseCircuit(CloseCircuit {
                circuit: "7\tIfUnused".into(),
                if_unused: false,
                others: vec![],
            }),
        ),
    ] {
        assert_eq!(parse(line), Ok(command), "{line:?}");
    }
}

#[test]
fn refuses_what_tor_refuses() {
    let unquoted = Problem::Expected("ASCII without quotes");
    let pair = Problem::Expected("KEY=VALUE");
    let option = Problem::Expected("an option's name");
    let typed_key = Problem::Expected("TYPE:KEY");
    for (line, problem, place) in [
        (&b"AUTHENTICATE nothex"[..], Problem::Hex, &b"nothex"[..]),
        (b"AUTHENTICATE 000", Problem::Hex, b"000"),
        (b"AUTHENTICATE a=\"b c\"", Problem::Keyword, b"a=\"b c\""),
        (b"AUTHENTICATE x a=b", Problem::Trailing, b"a=b"),
        (
            b"AUTHENTICATE x =b",
            Problem::Expected("a key before `=`"),
            b"=",
        ),
        (b"AUTHENTICATE a=\"b", Problem::Unterminated, b"\"b"),
        (b"AUTHENTICATE 00 00", Problem::Trailing, b"00"),
        (b"AUTHENTICATE \"a\" b", Problem::Trailing, b"b"),
        (b"AUTHENTICATE \"a", Problem::Unterminated, b"\"a"),
        (b"AUTHCHALLENGE", Problem::Missing("a word"), b""),
        (b"AUTHCHALLENGE SAFECOOKIE x", Problem::Hex, b"x"),
        (b"SIGNAL", Problem::Missing("signal"), b""),
        (b"SIGNAL NEWNYM now", Problem::Trailing, b"now"),
        (b"SETCONF =x", option, b""),
        (b"SETCONF \"A\"=x", option, b"\"A\""),
        (b"SETCONF a'b=x", option, b"a'b"),
        (b"SETCONF \xc3\xa9=x", option, b"\xc3\xa9"),
        (b"SETCONF A=\"b\"\x0cC", option, b"\x0cC"),
        (b"SETCONF A=\"x", Problem::Unterminated, b"\"x"),
        (
            b"SETCONF A=\"\\0\"",
            Problem::Expected("a value without NUL"),
            b"\"\\0\"",
        ),
        (b"SETCONF A=\"b\\q\" C=d", Problem::Escape, b"\\q"),
        (
            b"SETCONF A=\"\\0\" C=d",
            Problem::Expected("a value without NUL"),
            b"\"\\0\"",
        ),
        (b"MAPADDRESS a=b c=\"d\" e=f", unquoted, b"c=\"d\""),
        (b"MAPADDRESS a", pair, b"a"),
        (b"MAPADDRESS a=\"b\"", unquoted, b"a=\"b\""),
        (b"MAPADDRESS a=b'c", unquoted, b"a=b'c"),
        (b"MAPADDRESS a=b\xffc", unquoted, b"a=b\xffc"),
        (b"MAPADDRESS \"a\"=b", unquoted, b"\"a\"=b"),
        (
            b"MAPADDRESS =b",
            Problem::Expected("a key before `=`"),
            b"=b",
        ),
        (b"EXTENDCIRCUIT", Problem::Missing("a circuit"), b""),
        (b"CLOSECIRCUIT 7 \"IfUnused\"", unquoted, b"\"IfUnused\""),
        (b"ATTACHSTREAM 7", Problem::Missing("a circuit"), b""),
        (b"ATTACHSTREAM 7 0 x", pair, b"x"),
        (b"ATTACHSTREAM 7 1 HOP=x", Problem::Number("HOP"), b"x"),
        (b"REDIRECTSTREAM 7 a x", Problem::Number("a port"), b"x"),
        (
            b"SETCIRCUITPURPOSE 7 x=y",
            Problem::Missing("purpose="),
            b"",
        ),
        (
            b"+HSPOST HSADDRESS=a",
            Problem::Missing("a data block"),
            b"",
        ),
        (
            b"GETINFO a \xff b",
            Problem::NotUtf8("an argument"),
            b"\xff",
        ),
        (b"CLOSESTREAM 7", Problem::Missing("a reason"), b""),
        (b"CLOSESTREAM 7 256", Problem::Number("a reason"), b"256"),
        (b"RESOLVE a'", unquoted, b"a'"),
        (b"DROPGUARDS x", Problem::Trailing, b"x"),
        (b"DROPTIMEOUTS x", Problem::Trailing, b"x"),
        (b"+LOADCONF x\r\na\r\n.\r\n", Problem::Trailing, b"x"),
        (b"+LOADCONF\r\n.\r\n", Problem::Missing("a data block"), b""),
        (
            b"+POSTDESCRIPTOR cache=x\r\na\r\n.\r\n",
            Problem::Expected("`yes` or `no`"),
            b"x",
        ),
        (b"HSFETCH", Problem::Missing("an onion address"), b""),
        (b"HSFETCH abc foo", pair, b"foo"),
        (b"ADD_ONION", Problem::Missing("a key"), b""),
        (b"ADD_ONION NEW", typed_key, b"NEW"),
        (b"ADD_ONION NEW:", typed_key, b"NEW:"),
        (b"ADD_ONION NEW:BEST:x", typed_key, b"NEW:BEST:x"),
        (
            b"ADD_ONION NEW:BEST Flags=",
            Problem::Missing("a flag"),
            b"",
        ),
        (
            b"ADD_ONION NEW:BEST MaxStreams=65536",
            Problem::Number("MaxStreams"),
            b"65536",
        ),
        (
            b"ADD_ONION NEW:BEST PoWDefensesEnabled=2",
            Problem::Expected("`0` or `1`"),
            b"2",
        ),
        (
            b"ADD_ONION NEW:BEST PoWQueueRate=4294967296",
            Problem::Number("PoWQueueRate"),
            b"4294967296",
        ),
        (
            b"ADD_ONION NEW:BEST PoWQueueBurst=",
            Problem::Number("PoWQueueBurst"),
            b"",
        ),
        (b"ADD_ONION NEW:BEST Port=0", Problem::Number("Port"), b"0"),
        (b"ADD_ONION NEW:BEST Port=,", Problem::Number("Port"), b","),
        (b"ADD_ONION NEW:BEST Port=80,1,2", Problem::Trailing, b"2"),
        (b"DEL_ONION a b", Problem::Trailing, b"b"),
        (b"ONION_CLIENT_AUTH_ADD abc", Problem::Missing("a key"), b""),
        (b"ONION_CLIENT_AUTH_REMOVE abc x", pair, b"x"),
        (b"ONION_CLIENT_AUTH_VIEW abc x", pair, b"x"),
    ] {
        let error = parse(line).unwrap_err();
        let found = &RawCommand::new(line).arguments[error.span.start..error.span.end];
        assert_eq!((error.problem, found), (problem, place), "{line:?}");
    }
}

/// Without its `+` LOADCONF is no command, nor is GETINFO with one.
#[test]
fn commands_that_are_none() {
    for line in [
        &b"LOADCONF\r\n"[..],
        b"HSPOST HSADDRESS=abc\r\n",
        b"+GETINFO version\r\nx\r\n.\r\n",
        b"\r\n",
        b" x\r\n",
        b"+\r\n.\r\n",
        b"\xff\xfe foo\r\n",
    ] {
        let command = parse(line).unwrap();
        assert!(matches!(command, Command::Other { .. }), "{command:?}");
        assert_eq!(command.encode(), line, "{command:?}");
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

#[test]
fn says_where_something_is_missing() {
    for (line, span) in [
        ("SIGNAL", 0..0),
        ("CLOSESTREAM 7", 1..1),
        ("SETCONF A=b =c", 4..4),
        ("ADD_ONION NEW:BEST Flags= Port=80", 15..15),
        ("ADD_ONION NEW:BEST PoWQueueBurst= Port=80", 23..23),
        ("SETCIRCUITPURPOSE 7 x=y", 5..5),
    ] {
        let found = parse(line.as_bytes()).map_err(|error| error.span.start..error.span.end);
        assert_eq!(found, Err(span), "{line}");
    }
}

/// The commands of recordings: those that tor did are read, and what is written
/// again is read alike; those whose arguments it could not cut are refused.
#[test]
fn recordings() {
    for fixture in tor_fixtures::all() {
        let lines = match fixture.kind {
            tor_fixtures::Kind::Reply if !fixture.command.starts_with('+') => fixture.command,
            _ => continue,
        };
        let line = lines.lines().last().unwrap_or_default();
        let command = parse(line.as_bytes());
        if fixture.bytes.starts_with(b"512 Bad arguments") {
            assert!(command.is_err(), "{}: {command:?}", fixture.path);
        } else if fixture.bytes.starts_with(b"250") {
            let command = command.unwrap();
            assert!(!matches!(command, Command::Other { .. }), "{line}");
            assert_eq!(parse(&command.encode()), Ok(command.clone()));
        }
    }
}
