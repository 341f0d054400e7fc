//! Conversations that a controller could have with a tor that has no network.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::Union;

use super::command;
use super::onions::onions;
use super::requests::{others, session};
use super::settings::settings;
use super::streams::streams;
use super::text::bytes;
use super::vocabulary::Vocabulary;

/// What one of several controllers does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number of the controller's connection.
    pub connection: usize,
    /// The command with its line end, sent in one piece; nothing where it hangs up.
    pub bytes: Option<Vec<u8>>,
}

/// A few commands of up to three controllers that are let in already; one that comes back after
/// it has hung up has to be let in again.
///
/// Most are plausible: options and keys that the tor has, with values of their
/// type. Others are odd: bad quotes, blanks, bytes that are no text. Never a command
/// that the vocabulary does not [allow](Vocabulary::allows).
pub fn conversation(vocabulary: &Arc<Vocabulary>) -> impl Strategy<Value = Vec<Line>> + use<> {
    let allowed = Arc::clone(vocabulary);
    let line =
        line(vocabulary).prop_filter("not to be said to a tor", move |line| allowed.allows(line));
    let bytes = prop_oneof![30 => line.prop_map(Some), 1 => Just(None)];
    let connection = prop_oneof![6 => Just(0), 2 => Just(1), 1 => Just(2_usize)];
    let line = (connection, bytes).prop_map(|(connection, bytes)| Line { connection, bytes });
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
        (4, with_end(others())),
        (5, with_end(onions())),
        (6, with_end(streams())),
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
pub(super) fn words(
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
        name.chars().take(length).collect::<String>()
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
            key.chars().take(length).collect::<String>()
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
            ("+LOADCONF\r\n{torrc}\r\nUser nobody\r\n.\r\n", false),
            ("+LOADCONF\r\n{torrc}\r\n%include /x\r\n.\r\n", false),
            ("+LOADCONF\r\nNickname alice\r\n.\r\n", false),
            ("+LOADCONF\r\n{torrc}\r\nNickname alice\r\n.\r\n", true),
            ("SETCIRCUITPURPOSE", false),
            ("SETCIRCUITPURPOSE 1", false),
            ("SETCIRCUITPURPOSE\0 1 purpose=general", false),
            ("SETCIRCUITPURPOSE 1 purpose=general", true),
            ("+HSPOST\r\n.\r\n", true),
            ("MAPADDRESS 0.0.0.0=127.192.0.1", false),
            ("mapaddress .=x.virtual", false),
            ("MAPADDRESS 0.0.0.0=x.example", true),
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
        fn says_nothing_denied(lines in conversation(&vocabulary())) {
            for line in lines {
                let Some(bytes) = line.bytes else { continue };
                prop_assert!(vocabulary().allows(&bytes));
                prop_assert!(bytes.ends_with(b"\n"));
            }
        }
    }
}
