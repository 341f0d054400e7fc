//! Commands that tor refuses.

use super::parse;
use crate::command::RawCommand;
use crate::problem::Problem;

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
