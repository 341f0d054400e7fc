//! Commands of few forms.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Authentication, features, ownership.
pub(super) fn session() -> BoxedStrategy<Vec<u8>> {
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

/// What is kept, dropped, loaded, published; any keyword with any words.
pub(super) fn others() -> BoxedStrategy<Vec<u8>> {
    let text = |line: &'static str| line.as_bytes().to_vec();
    prop_oneof![
        3 => select(vec![
            "SAVECONF", "SAVECONF FORCE", "saveconf force", "SAVECONF x", "SAVECONF x=y", "DROPGUARDS", "DROPGUARDS x",
            "DROPTIMEOUTS", "droptimeouts", "DROPTIMEOUTS x", "SETROUTERPURPOSE", "SETROUTERPURPOSE x general",
            "SETEVENTS BUILDTIMEOUT_SET NEWDESC", "GETINFO config-text", "GETINFO config-can-saveconf", "SIGNAL RELOAD",
        ]).prop_map(text),
        2 => loaded(),
        1 => published(),
        2 => any_words(),
    ]
    .boxed()
}

/// +LOADCONF. `{torrc}` stands for the options that tor has had from the start, without which
/// it would use the network.
fn loaded() -> BoxedStrategy<Vec<u8>> {
    let line = prop_oneof![
        8 => select(vec![
            "Nickname alice", "MaxCircuitDirtiness 1000", "maxcircuitdirtiness 900", "ContactInfo \"a \\\"b\\\" c\"",
            "ContactInfo a # comment", "# comment", "", "ExitNodes {de},{us}", "MapAddress a.example b.example",
            "ContactInfo a\\\r\nb",
        ]),
        1 => select(vec![
            "nonsense 1", "Nickname bad nick", "ContactInfo \"a", "ContactInfo \"a\" b", "MaxCircuitDirtiness x", "Nickname",
            "+ExitPolicy reject *:*", "/ExitPolicy", "ExitPolicy", "NumEntryGuards", "MaxCircuitDirtiness", "allowdotexit 1",
        ]),
    ];
    vec(line, 0..4)
        .prop_map(|lines| {
            let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
            format!("+LOADCONF\r\n{{torrc}}\r\n{lines}.").into_bytes()
        })
        .boxed()
}

/// +POSTDESCRIPTOR of what is no descriptor.
fn published() -> BoxedStrategy<Vec<u8>> {
    let arguments = select(vec![
        "",
        " purpose=general",
        " purpose=x cache=yes",
        " cache=no",
        " cache=x",
        " x=y",
        " x",
    ]);
    let body = select(vec![
        "",
        "foo\r\n",
        "router alice 1.2.3.4 9001 0 0\r\n",
        "..\r\n",
        "router\r\nfingerprint x\r\n",
    ]);
    (arguments, body)
        .prop_map(|(arguments, body)| format!("+POSTDESCRIPTOR{arguments}\r\n{body}.").into_bytes())
        .boxed()
}

fn any_words() -> BoxedStrategy<Vec<u8>> {
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
    (keywords, vec(words, 0..4))
        .prop_map(|(keyword, words)| {
            let line = words
                .into_iter()
                .fold(keyword.to_owned(), |line, word| line + " " + word);
            line.into_bytes()
        })
        .boxed()
}
