//! Commands of few forms: sessions, circuits, streams, addresses, onion services.

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

/// The commands that need a network, or make onion services.
pub(super) fn others() -> BoxedStrategy<Vec<u8>> {
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
