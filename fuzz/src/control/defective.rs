//! Messages that are good but for one defect.

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use tor_harness_control::{Reply, StatusCode};

use super::Defect;
use super::reply::reply;
use super::text::{bytes, data};

/// The limit of a line, in bytes with its CRLF, that the defects of lines in replies go beyond.
pub const MAX_LINE: usize = 512;

/// The limit of a data block, in bytes with its lone dot, that the defects of blocks go beyond.
pub const MAX_BLOCK: usize = 4096;

/// The limit of a message, in bytes, that the defects of messages go beyond; what else
/// [`defective()`] gives stays far below.
pub const MAX_MESSAGE: usize = 8192;

/// tor's own limit of a command.
const MAX_COMMAND: usize = 1 << 20;

/// Bytes with one thing wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Defective {
    /// What is wrong.
    pub defect: Defect,
    /// All of it; good messages may follow the bad one.
    pub bytes: Vec<u8>,
    /// Where it is wrong, in `bytes`. Empty where something is missing.
    pub place: Range<usize>,
}

/// Something with one defect of any kind: a message, an event, a reply, a value or a command, see
/// [`Defect::subject`].
///
/// What replies have wrong with their size shows with the limits [`MAX_LINE`], [`MAX_BLOCK`] and
/// [`MAX_MESSAGE`].
///
/// ```
/// use proptest::prelude::*;
/// use tor_harness_control::Decoder;
/// use tor_strategies::control::{Defect, with_defect};
///
/// proptest!(|(bad in with_defect(Defect::ShortStatusCode))| {
///     let mut decoder = Decoder::new();
///     decoder.push(&bad.bytes);
///     let error = decoder.next().unwrap_err();
///     prop_assert!(bad.defect.shows_as(error.problem));
///     prop_assert!(bad.place.contains(&error.span.start));
/// });
/// ```
pub fn defective() -> impl Strategy<Value = Defective> {
    Union::new(Defect::ALL.iter().map(|defect| with_defect(*defect)))
}

/// Something with this defect.
pub fn with_defect(defect: Defect) -> impl Strategy<Value = Defective> {
    parts(defect).prop_map(move |[before, bad, after]| {
        let place = before.len()..before.len() + bad.len();
        Defective {
            defect,
            bytes: [before, bad, after].concat(),
            place,
        }
    })
}

/// What stands before the bad place, there, and behind it.
type Parts = BoxedStrategy<[Vec<u8>; 3]>;

fn parts(defect: Defect) -> Parts {
    match defect {
        Defect::NoStatusCode => bad_line(bytes("[A-Za-z][A-Za-z ]{0,12}")),
        Defect::ShortStatusCode => bad_line(bytes("[0-9]{2}[ +-][A-Za-z]{0,9}")),
        Defect::LetterInStatusCode => bad_line(bytes(
            "([A-Z][0-9]{2}|[0-9][A-Z][0-9]|[0-9]{2}[A-Z]) [a-z]{0,9}",
        )),
        Defect::EmptyLine => bad_line(Just(Vec::new())),
        Defect::LoneStatusCode => bad_line(bytes("[0-9]{3}")),
        Defect::UnknownSeparator => bad_line(bytes("[0-9]{3}[!-*,./-~][a-z ]{0,9}")),
        Defect::BareLf => (
            (mid_lines(), bytes("[0-9]{3}[ -][ -~]{0,9}")).prop_map(concat),
            Just(b"\n".to_vec()),
            more_messages(),
        )
            .prop_map(array)
            .boxed(),
        Defect::BareLfInBlock => (
            (mid_lines(), in_block(), bytes("[ -~]{0,200}"))
                .prop_map(|(a, b, c)| [a, b, c].concat()),
            Just(b"\n".to_vec()),
            more_messages(),
        )
            .prop_map(array)
            .boxed(),
        Defect::LineTooLong => (mid_lines(), long(MAX_LINE, "250 ", "\r\n"), more_messages())
            .prop_map(array)
            .boxed(),
        Defect::LineTooLongInBlock => (
            (mid_lines(), in_block()).prop_map(concat),
            long(MAX_LINE, "", "\r\n"),
            more_messages(),
        )
            .prop_map(array)
            .boxed(),
        Defect::EndlessLine => (mid_lines(), long(MAX_LINE, "250 ", ""), Just(Vec::new()))
            .prop_map(array)
            .boxed(),
        Defect::BlockTooLong => (
            mid_lines().prop_map(|lines| [&lines, &b"250+a=\r\n"[..]].concat()),
            above(MAX_BLOCK, BLOCK_LINE).prop_map(|lines| [&lines, &b".\r\n"[..]].concat()),
            more_messages().prop_map(|more| [b"250 OK\r\n", &more[..]].concat()),
        )
            .prop_map(array)
            .boxed(),
        Defect::EndlessBlock => endless("250+a=\r\n", BLOCK_LINE),
        Defect::EndlessReply => endless("", "[0-9]{3}-[ -~]{0,60}\r\n"),

        Defect::NotAnEvent => line([("", " BW 1 2")], "250|552"),
        Defect::UnnamedEvent => line([("650 ", "")], ""),
        Defect::EventNameNotUtf8 => {
            line([("650 ", " 1 2")], "(?-u)[A-Z]{0,3}[\\x80-\\xff][A-Z]{0,3}")
        }
        Defect::EventArgumentMissing => line(MISSING_IN_EVENTS.map(|event| (event, "")), ""),
        Defect::EventArgumentEmpty => line(
            [
                ("650 CIRC ", ""),
                ("650 STREAM 1 NEW ", ""),
                ("650 BW 1 ", ""),
                ("650 GUARD ENTRY ", ""),
            ],
            " [a-z0-9 ]{0,9}",
        ),
        Defect::EventKeywordMissing => line(
            [
                ("650 CONN_BW ", " TYPE=OR WRITTEN=1"),
                ("650 CIRC_BW ", " READ=1"),
                ("650 TB_EMPTY GLOBAL ", " LAST=1"),
            ],
            "ID=[0-9]{1,9}",
        )
        .prop_map(to_line_end)
        .boxed(),
        Defect::EventNumberNone => line(NUMBERS_IN_EVENTS, "[a-z]{1,5}|-[0-9]|[0-9]{1,3}[.,x]"),
        Defect::EventNumberTooLarge => {
            line(NUMBERS_IN_EVENTS, "18446744073709551616|[1-9][0-9]{20,30}")
        }
        Defect::EventArgumentsNotUtf8 => line(
            [
                ("650 CIRC 1 BUILT ", ""),
                ("650 BW 1 2 ", ""),
                ("650 DESCCHANGED ", ""),
            ],
            "(?-u)[A-Z]{1,3}=[\\x80-\\xff]{1,9}[a-z ]{0,9}",
        )
        .prop_filter("UTF-8", |[_, bad, _]| str::from_utf8(bad).is_err())
        .boxed(),

        Defect::RefusedKey => line(
            [("552 ", ""), ("250-version=1\r\n551 ", "")],
            "[A-Z][ -~]{0,20}",
        ),
        Defect::ValueWithoutKey => line(
            [("250-", "\r\n250 OK"), ("250-a=b\r\n250 ", "")],
            "[a-z/]{1,12}",
        ),
        Defect::UnclosedQuote => line(OPTIONS, r#""([ !#-\[\]-~]|\\\\|\\"){0,12}"#),
        Defect::BadEscape => line(
            [
                ("250 ContactInfo=\"a", "b\""),
                ("250-Log=a\r\n250 Log=\"", "\""),
            ],
            r"\\([a-mo-qsu-wyz89]|[4-7][0-7]{2})",
        ),
        Defect::TextBehindQuote => line(
            [("250 ContactInfo=\"a b\"", ""), ("250 Log=\"\"", "")],
            "[ -~]{1,9}",
        ),
        Defect::OptionNotUtf8 => line(
            [("250 ", "=a"), ("250-A=b\r\n250 ", "")],
            "(?-u)[A-Z]{0,5}[\\x80-\\xbf]{1,5}",
        ),
        Defect::VersionMissing => line([("250-", "\r\n250 OK")], "PROTOCOLINFO "),
        Defect::HashOdd => line([("250 AUTHCHALLENGE SERVERHASH=", NONCE)], "[0-9A-F]{63}"),
        Defect::HashNotHex => line(
            [("250 AUTHCHALLENGE SERVERHASH=", NONCE)],
            "[0-9A-F]{31}[G-Zg-z][0-9A-F]{32}",
        ),
        Defect::NonceMissing => line([(HASHED, "")], "[A-Z]{0,5}")
            .prop_map(to_line_end)
            .boxed(),
        Defect::ServiceMissing => line(
            [("250-", "\r\n250 OK"), ("250 ", "")],
            "PrivateKey=[A-Z]{1,9}:[a-z]{1,9}|[A-Z]{3,9}",
        ),
        Defect::PrivateKeyUntyped => line(
            [("250-ServiceID=a\r\n250-", "\r\n250 OK")],
            "PrivateKey=[A-Za-z0-9]{0,20}",
        ),
        Defect::CircuitMissing => line([("250 ", "")], "EXTENDED ( [A-Z]{1,9})?"),
        Defect::ClientKeyMissing => line(
            [("250-ONION_CLIENT_AUTH_VIEW\r\n250-CLIENT ", "\r\n250 OK")],
            "[a-z2-7]{0,56}( [a-z0-9]{1,9})?",
        ),
        Defect::ValueNumberNone => (
            Just(Vec::new()),
            bytes("[a-z]{1,5}|-[0-9]|[0-9]{1,3}[.,x]"),
            Just(Vec::new()),
        )
            .prop_map(array)
            .boxed(),

        Defect::ArgumentMissing => line(MISSING_IN_COMMANDS.map(|command| (command, "")), ""),
        Defect::NumberNone => line(NUMBERS_IN_COMMANDS, "[a-z]{1,5}|-[0-9]|[0-9]{1,3}[.,x]"),
        Defect::NumberTooLarge => line(NUMBERS_IN_COMMANDS, "[1-9][0-9]{10,20}"),
        Defect::ArgumentUnclosed => line(
            [
                ("SETCONF Log=", ""),
                ("RESETCONF A B=", ""),
                ("AUTHENTICATE ", ""),
                ("AUTHCHALLENGE SAFECOOKIE ", ""),
            ],
            "\"[a-z ]{0,12}[a-z]?",
        ),
        Defect::ArgumentBadEscape => line(
            [("SETCONF A=b Log=", ""), ("RESETCONF Log=", " B")],
            r#""[a-z ]{0,5}\\([a-mo-qsu-wyz89]|[4-7][0-7]{2})[a-z]{0,5}""#,
        ),
        Defect::ArgumentNul => line(
            [("SETCONF Log=", ""), ("RESETCONF A=b Log=", " B")],
            r#""[a-z ]{0,5}\\(0|000|x00)""#,
        ),
        Defect::SecretOdd => line(
            [("AUTHENTICATE ", ""), ("AUTHCHALLENGE SAFECOOKIE ", "")],
            "([0-9A-Fa-f]{2}){0,9}[0-9A-Fa-f]",
        ),
        Defect::SecretNotHex => line(
            [("AUTHENTICATE ", ""), ("AUTHCHALLENGE SAFECOOKIE ", "")],
            "([0-9A-F]{2}){0,9}([0-9A-F][g-z]|[g-z][0-9A-F])",
        ),
        Defect::ArgumentsTooMany => line(
            [
                ("DROPGUARDS ", ""),
                ("DROPTIMEOUTS ", ""),
                ("SIGNAL NEWNYM ", ""),
                ("DEL_ONION a ", ""),
                ("AUTHENTICATE 00 ", ""),
            ],
            "[a-z]{1,9}( [a-z]{1,9})?",
        ),
        Defect::KeyMissing => line(
            [
                ("EXTENDCIRCUIT 0 a ", ""),
                ("MAPADDRESS a=b ", ""),
                ("CLOSECIRCUIT 1 ", " IfUnused"),
            ],
            "=[a-z]{0,9}",
        ),
        Defect::ValueMissing => line(
            [
                ("MAPADDRESS ", " a=b"),
                ("ATTACHSTREAM 1 2 ", ""),
                ("HSFETCH a ", ""),
            ],
            "[a-z]{1,9}",
        ),
        Defect::QuoteInArgument => line(
            [
                ("EXTENDCIRCUIT 0 a ", ""),
                ("MAPADDRESS ", ""),
                ("CLOSECIRCUIT 1 ", ""),
            ],
            "[a-z]{1,9}=(\"[a-z]{0,9}\"|'[a-z]{0,9})",
        ),
        Defect::ArgumentNotUtf8 => line(
            [
                ("GETINFO ", " version"),
                ("SETEVENTS BW ", ""),
                ("DEL_ONION ", ""),
            ],
            "(?-u)[a-z]{0,5}[\\x80-\\xbf]{1,5}",
        ),
        Defect::BodyMissing => line(
            [
                ("+LOADCONF", "\r\n."),
                ("+HSPOST", "\r\n."),
                ("+POSTDESCRIPTOR", "\r\n."),
            ],
            "",
        ),
        Defect::CommandTooLong => (
            Just(Vec::new()),
            long(MAX_COMMAND, "GETINFO ", "\r\n"),
            Just(Vec::new()),
        )
            .prop_map(array)
            .boxed(),
        Defect::BodyTooLong => (
            Just(b"+LOADCONF\r\n".to_vec()),
            long(MAX_COMMAND, "", "\r\n"),
            Just(b".\r\n".to_vec()),
        )
            .prop_map(array)
            .boxed(),
    }
}

const MISSING_IN_EVENTS: [&str; 14] = [
    "650 CIRC",
    "650 CIRC 1",
    "650 CIRC_MINOR 1",
    "650 STREAM 1 NEW 0",
    "650 ORCONN 127.0.0.1:9001",
    "650 BW 1",
    "650 NEWDESC",
    "650 ADDRMAP a b",
    "650 STATUS_CLIENT NOTICE",
    "650 GUARD ENTRY a",
    "650 STREAM_BW 1 2",
    "650 HS_DESC REQUESTED a",
    "650 HS_DESC_CONTENT a b",
    "650 TRANSPORT_LAUNCHED server a 127.0.0.1",
];

/// What stands before and behind a number.
const NUMBERS_IN_EVENTS: [(&str, &str); 7] = [
    ("650 BW ", " 2"),
    ("650 BW 1 ", ""),
    ("650 STREAM_BW 1 ", " 2"),
    ("650 CIRC_BW ID=1 READ=", " WRITTEN=1"),
    ("650 CONN_BW ID=1 TYPE=OR READ=1 WRITTEN=", " NEW=1"),
    ("650 TB_EMPTY ORCONN READ=1 WRITTEN=1 LAST=", " ID=1"),
    ("650 TRANSPORT_LAUNCHED server a 127.0.0.1 ", ""),
];

const OPTIONS: [(&str, &str); 2] = [("250 ContactInfo=", ""), ("250-Log=a\r\n250 Log=", "")];

const NONCE: &str = " SERVERNONCE=0000000000000000000000000000000000000000000000000000000000000000";

const HASHED: &str = "250 AUTHCHALLENGE SERVERHASH=0000000000000000000000000000000000000000000000000000000000000000 ";

const MISSING_IN_COMMANDS: [&str; 13] = [
    "SIGNAL",
    "EXTENDCIRCUIT",
    "SETCIRCUITPURPOSE 1",
    "SETCIRCUITPURPOSE 1 a=b",
    "ATTACHSTREAM 1",
    "REDIRECTSTREAM 1",
    "CLOSESTREAM 1",
    "CLOSECIRCUIT",
    "AUTHCHALLENGE",
    "HSFETCH",
    "ADD_ONION",
    "DEL_ONION",
    "ONION_CLIENT_AUTH_REMOVE",
];

/// What stands before and behind a number.
const NUMBERS_IN_COMMANDS: [(&str, &str); 4] = [
    ("CLOSESTREAM 1 ", " a"),
    ("REDIRECTSTREAM 1 a ", ""),
    ("ATTACHSTREAM 1 2 HOP=", " a=b"),
    ("attachstream 1 2 hop=", ""),
];

/// A line that ends no data block.
const BLOCK_LINE: &str = r"([ -\-/-~][ -~]{0,59})?\r\n";

/// A line between good ones that is bad as a whole.
fn bad_line(bad: impl Strategy<Value = Vec<u8>> + 'static) -> Parts {
    let after = more_messages().prop_map(|more| [b"\r\n", &more[..]].concat());
    (mid_lines(), bad, after).prop_map(array).boxed()
}

/// One of these lines, without its end, with something of this shape in the middle.
fn line<const N: usize>(around: [(&'static str, &'static str); N], bad: &str) -> Parts {
    (select(around.to_vec()), bytes(bad))
        .prop_map(|((before, after), bad)| {
            let after = [after, "\r\n"].concat();
            [before.into(), bad, after.into()]
        })
        .boxed()
}

/// Where something is missing somewhere in the rest of a line, all of it is bad.
fn to_line_end([before, mut bad, mut after]: [Vec<u8>; 3]) -> [Vec<u8>; 3] {
    let end = after.split_off(after.len() - 2);
    bad.extend(after);
    [before, bad, end]
}

/// A bad message that goes on and on.
fn endless(start: &'static str, line: &str) -> Parts {
    let bad = above(MAX_MESSAGE, line).prop_map(move |lines| [start.as_bytes(), &lines].concat());
    (Just(Vec::new()), bad, Just(Vec::new()))
        .prop_map(array)
        .boxed()
}

/// A line of this shape as often as it takes to go beyond a limit.
fn above(limit: usize, line: &str) -> impl Strategy<Value = Vec<u8>> + 'static {
    bytes(line).prop_map(move |line| line.repeat(limit / line.len() + 1))
}

/// A line above a limit.
fn long(
    limit: usize,
    start: &'static str,
    end: &'static str,
) -> impl Strategy<Value = Vec<u8>> + 'static {
    (b'a'..=b'z', 1..100usize).prop_map(move |(letter, above)| {
        let mut line = start.as_bytes().to_vec();
        line.resize(limit + above, letter);
        line.extend_from_slice(end.as_bytes());
        line
    })
}

/// Good lines that a bad one of the same message can follow.
fn mid_lines() -> impl Strategy<Value = Vec<u8>> {
    reply().prop_map(|reply| {
        let all = reply.encode();
        // The last line has to go.
        let last = all[..all.len() - 2].iter().rposition(|b| *b == b'\n');
        all[..last.map_or(0, |at| at + 1)].to_vec()
    })
}

/// A data block up to some line of it.
fn in_block() -> impl Strategy<Value = Vec<u8>> {
    data().prop_map(|data| {
        let reply = Reply::ok().before_data(StatusCode::OK, "a=", data);
        let mut bytes = reply.encode();
        bytes.truncate(bytes.len() - ".\r\n250 OK\r\n".len());
        bytes
    })
}

/// Good messages, or none.
fn more_messages() -> impl Strategy<Value = Vec<u8>> {
    vec(reply().prop_map(|reply| reply.encode()), 0..3).prop_map(|replies| replies.concat())
}

fn array((before, bad, after): (Vec<u8>, Vec<u8>, Vec<u8>)) -> [Vec<u8>; 3] {
    [before, bad, after]
}

fn concat((a, b): (Vec<u8>, Vec<u8>)) -> Vec<u8> {
    [a, b].concat()
}
