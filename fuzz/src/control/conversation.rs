//! Conversations that a controller could have with a tor that has no network.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::Union;

use super::vocabulary::{Vocabulary, is_denied};
use super::{bytes, command};

/// What one of several controllers sends in one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number of the controller's connection.
    pub connection: usize,
    /// The command with its line end.
    pub bytes: Vec<u8>,
}

/// A few commands of up to two controllers that are let in already.
///
/// Most are plausible: options and keys that the tor has, with values of their
/// type. Others are odd: bad quotes, blanks, bytes that are no text. Never a command
/// that the vocabulary does not [allow](Vocabulary::allows), nor one of those to leave
/// out.
pub fn conversation(
    vocabulary: &Arc<Vocabulary>,
    leave_out: &'static [&'static str],
) -> impl Strategy<Value = Vec<Line>> + use<> {
    let allowed = Arc::clone(vocabulary);
    let line = line(vocabulary).prop_filter("not to be said to a tor", move |line| {
        let keyword = line.split(|byte| b" \t\r\n".contains(byte)).next();
        let is_left_out = |name: &&str| {
            keyword.is_some_and(|keyword| name.as_bytes().eq_ignore_ascii_case(keyword))
        };
        allowed.allows(line) && !leave_out.iter().any(is_left_out)
    });
    let connection = prop_oneof![6 => Just(0), 1 => Just(1_usize)];
    let line = (connection, line).prop_map(|(connection, bytes)| Line { connection, bytes });
    vec(line, 1..16)
}

/// A command with its line end.
fn line(vocabulary: &Arc<Vocabulary>) -> BoxedStrategy<Vec<u8>> {
    let end = || prop_oneof![9 => Just("\r\n"), 1 => Just("\n")];
    let with_end = |line: BoxedStrategy<Vec<u8>>| {
        (line, end())
            .prop_map(|(line, end)| [line.as_slice(), end.as_bytes()].concat())
            .boxed()
    };
    Union::new_weighted(vec![
        (
            10,
            with_end(keyword(&["SETCONF", "setconf"], settings(vocabulary, 0..4))),
        ),
        (
            4,
            with_end(keyword(
                &["RESETCONF", "ResetConf"],
                settings(vocabulary, 0..3),
            )),
        ),
        (
            6,
            with_end(keyword(
                &["GETCONF", "getconf"],
                words(option_name(vocabulary), 0..4),
            )),
        ),
        (
            6,
            with_end(keyword(
                &["GETINFO", "GetInfo"],
                words(info_key(vocabulary), 0..4),
            )),
        ),
        (
            3,
            with_end(keyword(&["SETEVENTS"], words(event(vocabulary), 0..5))),
        ),
        (
            2,
            with_end(keyword(
                &["SIGNAL", "signal"],
                words(signal(vocabulary), 0..3),
            )),
        ),
        (2, with_end(session())),
        (3, with_end(others())),
        (2, with_end(odd(vocabulary))),
        (1, command().prop_map(|command| command.encode()).boxed()),
    ])
    .boxed()
}

/// A keyword and what stands behind it.
fn keyword(
    names: &'static [&'static str],
    arguments: BoxedStrategy<Vec<u8>>,
) -> BoxedStrategy<Vec<u8>> {
    (select(names), arguments)
        .prop_map(|(name, arguments)| {
            let blank: &[u8] = if arguments.is_empty() { b"" } else { b" " };
            [name.as_bytes(), blank, &arguments].concat()
        })
        .boxed()
}

/// Words with blanks of all kinds between them.
fn words(
    word: BoxedStrategy<String>,
    count: impl Into<prop::collection::SizeRange>,
) -> BoxedStrategy<Vec<u8>> {
    let blank = prop_oneof![12 => Just(" "), 1 => Just("  "), 1 => Just("\t"), 1 => Just(" \t ")];
    let words = vec((word, blank), count);
    (words, prop::bool::weighted(0.1))
        .prop_map(|(words, trailing)| {
            let mut text = String::new();
            for (word, blank) in words {
                text += &word;
                text += blank;
            }
            match trailing {
                true => text.into_bytes(),
                false => text.trim_end_matches([' ', '\t']).into(),
            }
        })
        .boxed()
}

/// What SETCONF takes.
fn settings(
    vocabulary: &Arc<Vocabulary>,
    count: impl Into<prop::collection::SizeRange>,
) -> BoxedStrategy<Vec<u8>> {
    let options: Vec<_> = vocabulary
        .options
        .iter()
        .filter(|(name, kind)| !is_denied(name, kind))
        .cloned()
        .collect();
    let known = select(options).prop_flat_map(|(name, kind)| {
        let value = prop_oneof![
            10 => value(&kind, &name).prop_map(Some),
            2 => odd_value().prop_map(Some),
            1 => Just(None),
        ];
        (spelling(name), value, quoting())
    });
    let unknown = (
        prop_oneof!["[A-Za-z_]{1,8}", Just(String::new())],
        option::of(odd_value()),
        quoting(),
    );
    let setting = prop_oneof![20 => known, 1 => unknown]
        .prop_map(|(key, value, quoting)| match value {
            Some(value) => format!("{key}={}", quoting.apply(&value)),
            None => key,
        })
        .boxed();
    words(setting, count)
}

/// A name in some case.
fn spelling(name: String) -> impl Strategy<Value = String> {
    let lower = name.to_ascii_lowercase();
    prop_oneof![6 => Just(name), 1 => Just(lower)]
}

/// How a value is written.
#[derive(Clone, Copy, Debug)]
enum Quoting {
    /// As it is, unless that would be two words.
    WhereNeeded,
    Always,
    Never,
    /// With a quote at the start alone.
    Unterminated,
    /// With more behind the second quote.
    Followed,
}

impl Quoting {
    fn apply(self, value: &str) -> String {
        let quoted = || format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        match self {
            Self::WhereNeeded if value.contains([' ', '"', '\\', '\t']) => quoted(),
            Self::WhereNeeded | Self::Never => value.to_owned(),
            Self::Always => quoted(),
            Self::Unterminated => format!("\"{value}"),
            Self::Followed => quoted() + "x",
        }
    }
}

fn quoting() -> impl Strategy<Value = Quoting> {
    prop_oneof![
        20 => Just(Quoting::WhereNeeded),
        4 => Just(Quoting::Always),
        2 => Just(Quoting::Never),
        1 => Just(Quoting::Unterminated),
        1 => Just(Quoting::Followed),
    ]
}

/// A value as an option of a type has it.
fn value(kind: &str, name: &str) -> BoxedStrategy<String> {
    let number = || {
        prop_oneof![
            6 => "[0-9]{1,4}",
            1 => "-?[0-9]{1,11}",
            1 => "[+ ]?[0-9]{1,3}[ .x]?",
        ]
    };
    let with_unit = |units: &'static [&'static str]| {
        let number = prop_oneof![8 => "[0-9]{1,5}", 1 => "[0-9]{1,3}\\.[0-9]{1,2}", 1 => "-[0-9]{1,3}", 1 => "[0-9]{18,21}"];
        (
            number,
            prop_oneof![3 => Just(" "), 1 => Just("")],
            select(units),
        )
            .prop_map(|(number, blank, unit)| match unit {
                "" => number,
                unit => format!("{number}{blank}{unit}"),
            })
            .boxed()
    };
    let list = |entry: BoxedStrategy<String>| {
        let between = select(vec![",", ", ", " ,", ",,"]);
        vec((entry, between), 0..4)
            .prop_map(|entries| {
                let text: String = entries
                    .into_iter()
                    .map(|(entry, between)| entry + between)
                    .collect();
                text.trim_end_matches([' ', ',']).to_owned()
            })
            .boxed()
    };
    match kind {
        "Boolean" => select(vec!["0", "1", "1", "0", "true", "auto"])
            .prop_map(str::to_owned)
            .boxed(),
        "Boolean+Auto" => select(vec!["0", "1", "auto", "AUTO", "2"])
            .prop_map(str::to_owned)
            .boxed(),
        "Integer" | "SignedInteger" => number().boxed(),
        "Float" => prop_oneof![4 => "[01]?\\.[0-9]{1,4}", 2 => "[0-9]{1,3}", 1 => "-?[0-9]e[0-9]", 1 => "inf|nan|x|1.5x|0x1p3"].boxed(),
        "DataSize" => with_unit(&["", "bytes", "KB", "kbytes", "MB", "GBytes", "kbits", "MBits", "TB", "k"]),
        "TimeInterval" => with_unit(&["", "seconds", "minutes", "hours", "days", "weeks", "months", "sec"]),
        "TimeMsecInterval" => with_unit(&["", "msec", "seconds", "minutes", "millisecond"]),
        "CommaList" => list(prop_oneof!["[0-9]{1,6}", "[a-z.]{1,9}", "[A-Z0-9]{40}"].boxed()),
        "RouterList" => list(router().boxed()),
        _ => text_value(name),
    }
}

/// What entries of lists of routers look like.
fn router() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\{[a-z?]{2}\\}",
        "\\$[0-9A-F]{40}([~=][a-z]{1,5})?",
        "[a-z]{1,9}",
        "[0-9]{1,3}\\.[0-9]\\.[0-9]\\.[0-9](/[0-9]{1,2})?(:[0-9]{1,5})?",
        "\\[::[0-9]?\\](/[0-9]{1,3})?",
        "\\*[46]?",
        "[!-+.-~]{1,5}",
    ]
}

/// What options of lines and strings have, some of them in one of their own.
fn text_value(name: &str) -> BoxedStrategy<String> {
    let own: &[&str] = match name {
        "AccountingRule" => &["sum", "max", "in", "out", "Sum", "both"],
        "AccountingStart" => &[
            "day 00:00",
            "week 1 12:30",
            "month 3 15:00",
            "day 25:00",
            "year",
            "month 32 0:0",
        ],
        "BridgeDistribution" => &["any", "none", "https", "moat", "a b"],
        "ConfluxClientUX" => &[
            "latency",
            "throughput",
            "latency_lowmem",
            "throughput_lowmem",
            "fast",
        ],
        "ContactInfo" => &["somebody at example.com", "\"quoted\" \\ back", "a", "#"],
        "Nickname" => &[
            "alice",
            "Unnamed",
            "bad nick",
            "toolongnicknamewhichisbad",
            "9",
        ],
        "SafeLogging" => &["0", "1", "relay", "RELAY", "2"],
        "TransProxyType" => &["default", "pf-divert", "tproxy", "ipfw", "x"],
        "VirtualAddrNetworkIPv4" => &[
            "127.192.0.0/10",
            "10.0.0.0/8",
            "10.0.0.0/30",
            "x",
            "[fe80::]/16",
        ],
        "VirtualAddrNetworkIPv6" => &["[FE80::]/10", "[fc00::]/7", "[::]/120", "10.0.0.0/8", "x"],
        "ExitPolicy"
        | "SocksPolicy"
        | "DirPolicy"
        | "MetricsPortPolicy"
        | "ReachableAddresses"
        | "ReachableDirAddresses"
        | "ReachableORAddresses"
        | "AuthDirReject"
        | "AuthDirInvalid"
        | "AuthDirBadExit"
        | "AuthDirMiddleOnly" => &[
            "accept *:80",
            "reject *:*",
            "accept 1.2.3.4/8:80-90",
            "accept6 *6:443",
            "reject private:*",
            "accept *:80, reject *:*",
            "*:80",
            "1.2.3.4",
            "accept",
            "accept 1.2.3.4:99999",
            "drop *:*",
            "accept [::1]:80",
        ],
        "MapAddress" => &[
            "a.example b.example",
            "1.2.3.4 5.6.7.8",
            "*.example *.example.org",
            "a",
            ". b",
        ],
        "HashedControlPassword" | "__HashedControlSessionPassword" => &[
            "16:872860B76453A77D60CA2BB8C1A7042072093276A3D701AD684053EC4C",
            "16:00",
            "x",
        ],
        "MyFamily" | "NodeFamily" => {
            &["a,b", "$0000000000000000000000000000000000000000", "!", "a"]
        }
        _ => &["0", "1", "auto", "127.0.0.1", "a=b", "a b", "80"],
    };
    let own = select(own).prop_map(str::to_owned);
    let any = prop_oneof!["[a-z0-9]{1,6}( [a-z0-9=.:]{1,6}){0,2}"];
    prop_oneof![5 => own, 1 => any].boxed()
}

/// What no option expects.
fn odd_value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(" ".to_owned()),
        "[ -~]{1,12}",
        "\\PC{1,3}",
        "[0-9]{1,30}",
    ]
}

/// What GETCONF is asked for: names, beginnings of names, other words.
fn option_name(vocabulary: &Arc<Vocabulary>) -> BoxedStrategy<String> {
    let names: Vec<_> = vocabulary
        .options
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let name = || select(names.clone());
    let start = (name(), any::<Index>()).prop_map(|(name, index)| {
        let length = index.index(name.len()) + 1;
        name[..length].to_owned()
    });
    prop_oneof![
        8 => name(),
        2 => name().prop_map(|name| name.to_ascii_lowercase()),
        1 => name().prop_map(|name| name.to_ascii_uppercase()),
        3 => start,
        1 => "[A-Za-z_\"=]{1,8}",
        1 => select(ALIASES).prop_map(str::to_owned),
    ]
    .boxed()
}

/// Names of options that tor takes but does not list.
const ALIASES: &[&str] = &[
    "AllowUnverifiedNodes",
    "BandwidthRateBytes",
    "DirServer",
    "MaxConn",
    "NumEntryNodes",
    "UseHelperNodes",
    "_HSLayer2Nodes",
    "AllowDotExit",
    "Group",
    "WarnUnsafeSocks",
];

/// What GETINFO is asked for: keys, with an argument where they take one.
fn info_key(vocabulary: &Arc<Vocabulary>) -> BoxedStrategy<String> {
    let argument = prop_oneof![
        "[0-9A-F]{40}",
        "[a-z2-7]{56}",
        "[a-z]{0,9}",
        "1\\.2\\.3\\.[0-9]",
        "::1",
        select(vec![
            "all",
            "current",
            "names",
            "id",
            "or",
            "socks",
            "ns",
            "microdesc",
            "general",
            "bridge",
            "tls",
            "utc"
        ])
        .prop_map(str::to_owned),
    ];
    let key = (select(vocabulary.keys.clone()), argument).prop_map(|(key, argument)| {
        match key.strip_suffix('*') {
            Some(start) => format!("{start}{argument}"),
            None => key,
        }
    });
    let key = key.boxed();
    prop_oneof![
        10 => key.clone(),
        1 => key.clone().prop_map(|key| key.to_ascii_uppercase()),
        1 => (key.clone(), "[a-z/*\"]{1,4}").prop_map(|(key, more)| key + &more),
        1 => (key, any::<Index>()).prop_map(|(key, index)| {
            let length = index.index(key.len() + 1);
            key[..length].to_owned()
        }),
        1 => "[a-z/\"-]{1,9}",
    ]
    .boxed()
}

fn event(vocabulary: &Arc<Vocabulary>) -> BoxedStrategy<String> {
    let often = select(vec![
        "CONF_CHANGED",
        "SIGNAL",
        "NOTICE",
        "WARN",
        "STATUS_CLIENT",
    ]);
    prop_oneof![
        6 => often.prop_map(str::to_owned),
        6 => select(vocabulary.events.clone()),
        1 => select(vocabulary.events.clone()).prop_map(|name| name.to_ascii_lowercase()),
        1 => select(vec!["EXTENDED", "AUTHDIR_NEWDESCS", "nonsense", "BW,NOTICE"]).prop_map(str::to_owned),
    ]
    .boxed()
}

fn signal(vocabulary: &Arc<Vocabulary>) -> BoxedStrategy<String> {
    prop_oneof![
        8 => select(vocabulary.signals.clone()),
        1 => select(vocabulary.signals.clone()).prop_map(|name| name.to_ascii_lowercase()),
        1 => "[A-Za-z]{1,6}",
    ]
    .boxed()
}

/// Authentication, features, ownership.
fn session() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        4 => select(vec![
            "AUTHENTICATE", "AUTHENTICATE \"secret\"", "AUTHENTICATE 00ff", "AUTHENTICATE nothex",
            "AUTHENTICATE \"a\" \"b\"", "AUTHENTICATE \"a", "AUTHENTICATE a b", "authenticate 0",
            "AUTHCHALLENGE SAFECOOKIE 00", "AUTHCHALLENGE", "AUTHCHALLENGE x 00",
        ]),
        3 => select(vec![
            "PROTOCOLINFO", "PROTOCOLINFO 1", "protocolinfo 0 9 17", "PROTOCOLINFO x", "PROTOCOLINFO 1 x", "PROTOCOLINFO -1",
        ]),
        3 => select(vec![
            "USEFEATURE", "USEFEATURE VERBOSE_NAMES", "USEFEATURE extended_events verbose_names", "USEFEATURE x",
        ]),
        2 => select(vec!["TAKEOWNERSHIP", "DROPOWNERSHIP", "TAKEOWNERSHIP x", "DROPOWNERSHIP x", "DROPOWNERSHIP a=b"]),
        1 => select(vec!["QUIT", "quit now"]),
    ]
    .prop_map(|line| line.as_bytes().to_vec())
    .boxed()
}

/// The commands that need a network, or make onion services.
fn others() -> BoxedStrategy<Vec<u8>> {
    const ONION: &str = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid";
    const KEY: &str = "x25519:iJ1tjKCrMAbiFT2bVrCjhbfMDnE1fpaRbIS5ZHKUvEQ=";
    let words = select(vec![
        "0",
        "1",
        "7",
        "x",
        "",
        "a=b",
        "purpose=general",
        "purpose=x",
        "REASON=1",
        "IfUnused",
        "HOP=1",
        "example.com",
        "1.2.3.4=1.2.3.5",
        "0.0.0.0=example.com",
        "mode=reverse",
        "1.2.3.4",
        "foo",
        ".=a.example",
        "NEW:BEST",
        "NEW:ED25519-V3",
        "Port=80",
        "Port=80,8080",
        "Port=x",
        "Flags=DiscardPK",
        "Flags=Detach",
        "MaxStreams=5",
        ONION,
        KEY,
        "ClientName=bob",
        "Flags=Permanent",
        "FORCE",
        "SERVER=x",
        "moria1",
        "\"q\"",
    ]);
    let keywords = select(vec![
        "MAPADDRESS",
        "EXTENDCIRCUIT",
        "SETCIRCUITPURPOSE",
        "ATTACHSTREAM",
        "CLOSECIRCUIT",
        "CLOSESTREAM",
        "REDIRECTSTREAM",
        "RESOLVE",
        "HSFETCH",
        "ADD_ONION",
        "DEL_ONION",
        "ONION_CLIENT_AUTH_ADD",
        "ONION_CLIENT_AUTH_REMOVE",
        "ONION_CLIENT_AUTH_VIEW",
        "SAVECONF",
        "DROPGUARDS",
        "DROPTIMEOUTS",
        "SETROUTERPURPOSE",
        "LOADCONF",
        "HSPOST",
        "POSTDESCRIPTOR",
    ]);
    let plausible = select(vec![
        "MAPADDRESS 1.2.3.4=1.2.3.5",
        "MAPADDRESS a.example=b.example .=c.example",
        "ADD_ONION NEW:BEST Port=80",
        "ADD_ONION NEW:ED25519-V3 Flags=DiscardPK,Detach Port=80,127.0.0.1:8080",
        "RESOLVE example.com",
        "+LOADCONF\r\nnonsense 1\r\n.",
        "+LOADCONF\r\nNickname bad nick\r\n.",
        "+POSTDESCRIPTOR\r\nfoo\r\n.",
        "GETINFO onions/current",
        "GETINFO stream-status",
        "GETINFO address-mappings/all",
    ]);
    let any = (keywords, vec(words, 0..4)).prop_map(|(keyword, words)| {
        let line = words
            .into_iter()
            .fold(keyword.to_owned(), |line, word| line + " " + word);
        line.into_bytes()
    });
    prop_oneof![2 => any, 1 => plausible.prop_map(|line| line.as_bytes().to_vec())].boxed()
}

/// Lines that no controller means to send.
fn odd(vocabulary: &Arc<Vocabulary>) -> BoxedStrategy<Vec<u8>> {
    let cut = words(info_key(vocabulary), 1..3).prop_flat_map(|keys| {
        (
            Just(keys),
            any::<Index>(),
            select(vec![0_u8, 9, 11, 13, 34, 127, 255]),
        )
    });
    let cut = cut.prop_map(|(keys, at, byte)| {
        let mut line = [b"GETINFO ".as_slice(), &keys].concat();
        line.insert(at.index(line.len() + 1), byte);
        line
    });
    prop_oneof![
        4 => cut,
        2 => bytes(r"(?-u)[^\n+]{0,12}"),
        2 => "[A-Za-z\"]{1,12}( [ -~]{1,9})?".prop_map(String::into_bytes),
        1 => Just(Vec::new()),
        1 => "[ \t]{1,2}GETINFO version".prop_map(String::into_bytes),
        1 => r"\+[A-Z]{1,8}( [a-z]{1,4})?\r\n([a-z.]{0,4}\r\n){0,2}\.".prop_map(String::into_bytes),
    ]
    .boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Arc<Vocabulary> {
        let text = |key: &str| {
            let path = format!("control/getinfo/{}", key.replace('/', "-"));
            let fixture = tor_fixtures::find(&path).unwrap();
            String::from_utf8_lossy(fixture.bytes).into_owned()
        };
        Arc::new(Vocabulary::new(
            &text("config/names"),
            &text("info/names"),
            &text("events/names"),
            &text("signal/names"),
        ))
    }

    #[test]
    fn denies_what_a_tor_must_not_be_told() {
        for (command, allowed) in [
            ("SETCONF Nickname=alice", true),
            ("SETCONF LogTimeGranularity=10", true),
            ("SETCONF SocksPort=9050", false),
            ("setconf socksp=9050", false),
            ("SETCONF Nickname=\"a\"ORPort=1", false),
            ("RESETCONF DisableNetwork", false),
            ("RESETCONF disablen", false),
            ("SETCONF CookieAuthFile=/x", false),
            ("SETCONF Log=\"notice file /x\"", false),
            ("+LOADCONF\r\nUser nobody\r\n.\r\n", false),
            ("SETCIRCUITPURPOSE", false),
            ("SETCIRCUITPURPOSE 1", false),
            ("SETCIRCUITPURPOSE\0 1 purpose=general", false),
            ("SETCIRCUITPURPOSE 1 purpose=general", true),
            ("+HSPOST\r\n.\r\n", false),
            ("ADD_ONION NEW:BEST ClientAuth=a Port=80", false),
            ("GETCONF SocksPort", true),
        ] {
            assert_eq!(
                vocabulary().allows(command.as_bytes()),
                allowed,
                "{command}"
            );
        }
    }

    proptest! {
        #[test]
        fn says_nothing_denied(lines in conversation(&vocabulary(), &["MAPADDRESS"])) {
            for line in lines {
                prop_assert!(vocabulary().allows(&line.bytes));
                prop_assert!(!line.bytes.starts_with(b"MAPADDRESS"));
                prop_assert!(line.bytes.ends_with(b"\n"));
            }
        }
    }
}
