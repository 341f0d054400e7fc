//! Commands in other spellings that tor takes.

use alloc::{format, vec};

use super::parse;
use crate::command::*;

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
