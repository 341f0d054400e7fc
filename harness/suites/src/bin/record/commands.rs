//! Replies to all other commands, most of them refusals.

use anyhow::{Result, bail};

use crate::book::{Book, Setup};

/// A v3 onion address with a right checksum, of no service.
macro_rules! onion {
    () => {
        "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid"
    };
}

/// A key of x25519, as ONION_CLIENT_AUTH_ADD takes it.
macro_rules! x25519 {
    () => {
        "x25519:iJ1tjKCrMAbiFT2bVrCjhbfMDnE1fpaRbIS5ZHKUvEQ="
    };
}

/// Lines sent to a tor of their own, the last of which is answered with the
/// file. Never SETCIRCUITPURPOSE without arguments: it crashes tor. Nor
/// anything that writes or reads a file elsewhere.
const EXCHANGES: &[(&str, &[&str])] = &[
    ("reply/getinfo-none", &["GETINFO"]),
    (
        "reply/getinfo-several",
        &["GETINFO version config-text config-file"],
    ),
    (
        "reply/getinfo-streams",
        &[
            "RESOLVE example.com",
            "RESOLVE mode=reverse 1.2.3.4",
            "GETINFO stream-status",
        ],
    ),
    (
        "reply/getinfo-mappings",
        &[
            "MAPADDRESS 1.2.3.4=1.2.3.5 127.0.0.1=example.com",
            "GETINFO address-mappings/all address-mappings/control address-mappings/cache",
        ],
    ),
    (
        "reply/getinfo-onions-current",
        &[
            "ADD_ONION NEW:BEST Flags=DiscardPK Port=80",
            "GETINFO onions/current onions/detached",
        ],
    ),
    ("reply/getconf-none", &["GETCONF"]),
    (
        "reply/getconf-several",
        &["GETCONF socksport BandwidthR Log nickname"],
    ),
    ("reply/setconf-none", &["SETCONF"]),
    (
        "reply/setconf",
        &["SETCONF Nickname=harness ContactInfo=\"a \\\"b\\\"\""],
    ),
    ("reply/resetconf", &["RESETCONF Nickname ContactInfo"]),
    ("reply/setevents", &["SETEVENTS BW"]),
    ("reply/signal", &["SIGNAL NEWNYM"]),
    ("reply/mapaddress", &["MAPADDRESS 1.2.3.4=1.2.3.5"]),
    (
        "reply/mapaddress-several",
        &["MAPADDRESS 1.2.3.4=1.2.3.5 0.0.0.0=torproject.org .=example.com"],
    ),
    (
        "error/mapaddress-mixed",
        &["MAPADDRESS 1.2.3.4=1.2.3.5 foo=b@r"],
    ),
    ("reply/add-onion", &["ADD_ONION NEW:BEST Port=80"]),
    (
        "reply/add-onion-discard",
        &["ADD_ONION NEW:ED25519-V3 Flags=DiscardPK,Detach Port=80 Port=81,127.0.0.1:8080"],
    ),
    (
        "reply/onion-client-auth-add",
        &[concat!("ONION_CLIENT_AUTH_ADD ", onion!(), " ", x25519!())],
    ),
    (
        "reply/onion-client-auth-add-again",
        &[
            concat!("ONION_CLIENT_AUTH_ADD ", onion!(), " ", x25519!()),
            concat!(
                "ONION_CLIENT_AUTH_ADD ",
                onion!(),
                " ",
                x25519!(),
                " ClientName=bob"
            ),
        ],
    ),
    (
        "reply/onion-client-auth-view-none",
        &["ONION_CLIENT_AUTH_VIEW"],
    ),
    (
        "reply/onion-client-auth-view",
        &[
            concat!(
                "ONION_CLIENT_AUTH_ADD ",
                onion!(),
                " ",
                x25519!(),
                " ClientName=bob"
            ),
            "ONION_CLIENT_AUTH_VIEW",
        ],
    ),
    (
        "reply/onion-client-auth-view-one",
        &[
            concat!("ONION_CLIENT_AUTH_ADD ", onion!(), " ", x25519!()),
            concat!("ONION_CLIENT_AUTH_VIEW ", onion!()),
        ],
    ),
    (
        "reply/onion-client-auth-remove",
        &[
            concat!("ONION_CLIENT_AUTH_ADD ", onion!(), " ", x25519!()),
            concat!("ONION_CLIENT_AUTH_REMOVE ", onion!()),
        ],
    ),
    (
        "reply/onion-client-auth-remove-none",
        &[concat!("ONION_CLIENT_AUTH_REMOVE ", onion!())],
    ),
    ("reply/hsfetch", &[concat!("HSFETCH ", onion!())]),
    (
        "reply/usefeature",
        &["USEFEATURE VERBOSE_NAMES EXTENDED_EVENTS"],
    ),
    ("reply/dropguards", &["DROPGUARDS"]),
    ("reply/droptimeouts", &["DROPTIMEOUTS"]),
    ("reply/takeownership", &["TAKEOWNERSHIP"]),
    ("reply/dropownership", &["TAKEOWNERSHIP", "DROPOWNERSHIP"]),
    ("reply/resolve", &["RESOLVE example.com"]),
    ("reply/signal-halt", &["SIGNAL HALT"]),
    ("error/unrecognized-command", &["blarg foo"]),
    ("error/unrecognized-command-empty", &[""]),
    (
        "error/unrecognized-command-body",
        &["+SETCONF Nickname=x\r\n."],
    ),
    (
        "error/unrecognized-command-quotes",
        &["\"GETINFO\" version"],
    ),
    ("error/getinfo-unrecognized", &["GETINFO nonsense"]),
    (
        "error/getinfo-unrecognized-several",
        &["GETINFO version nonsense other"],
    ),
    (
        "error/getinfo-unrecognized-quotes",
        &["GETINFO \"version\""],
    ),
    (
        "error/getinfo-address",
        &["GETINFO version address nonsense"],
    ),
    ("error/getconf-unrecognized", &["GETCONF nonsense"]),
    (
        "error/getconf-unrecognized-several",
        &["GETCONF SocksPort nonsense foo"],
    ),
    ("error/setconf-unrecognized", &["SETCONF nonsense=1"]),
    ("error/setconf-value", &["SETCONF MaxCircuitDirtiness=abc"]),
    ("error/setconf-nickname", &["SETCONF Nickname=\"bad nick\""]),
    (
        "error/setconf-transition",
        &["SETCONF DataDirectory=/tor/other"],
    ),
    ("error/setconf-syntax", &["SETCONF =x"]),
    ("error/setconf-unterminated", &["SETCONF Nickname=\"a"]),
    ("error/setconf-conflict", &["SETCONF UseBridges=1"]),
    ("error/resetconf-unrecognized", &["RESETCONF nonsense"]),
    ("error/resetconf-value", &["RESETCONF BandwidthRate=x"]),
    (
        "error/loadconf-unrecognized",
        &["+LOADCONF\r\nnonsense 1\r\n."],
    ),
    ("error/loadconf-no-body", &["LOADCONF"]),
    ("error/setevents-unrecognized", &["SETEVENTS BW nonsense"]),
    ("error/signal-none", &["SIGNAL"]),
    ("error/signal-unrecognized", &["SIGNAL foo"]),
    ("error/signal-too-many", &["SIGNAL NEWNYM now"]),
    ("error/usefeature-unrecognized", &["USEFEATURE foo"]),
    ("error/mapaddress-none", &["MAPADDRESS"]),
    (
        "error/mapaddress-syntax",
        &["MAPADDRESS 1.2.3.4=1.2.3.5 foo"],
    ),
    ("error/mapaddress-address", &["MAPADDRESS foo=b@r"]),
    ("error/add-onion-none", &["ADD_ONION"]),
    ("error/add-onion-no-port", &["ADD_ONION NEW:BEST"]),
    ("error/add-onion-port", &["ADD_ONION NEW:BEST Port=x"]),
    (
        "error/add-onion-flag",
        &["ADD_ONION NEW:BEST Flags=nonsense Port=80"],
    ),
    (
        "error/add-onion-key-type",
        &["ADD_ONION NEW:RSA1024 Port=80"],
    ),
    (
        "error/add-onion-key",
        &["ADD_ONION ED25519-V3:AAAA Port=80"],
    ),
    ("error/del-onion-none", &["DEL_ONION"]),
    ("error/del-onion-malformed", &["DEL_ONION xxx"]),
    (
        "error/del-onion-unknown",
        &[concat!("DEL_ONION ", onion!())],
    ),
    (
        "error/onion-client-auth-add-none",
        &["ONION_CLIENT_AUTH_ADD"],
    ),
    (
        "error/onion-client-auth-add-key",
        &[concat!("ONION_CLIENT_AUTH_ADD ", onion!(), " x25519:AAAA")],
    ),
    (
        "error/onion-client-auth-view-address",
        &["ONION_CLIENT_AUTH_VIEW foo"],
    ),
    (
        "error/onion-client-auth-remove-address",
        &["ONION_CLIENT_AUTH_REMOVE foo"],
    ),
    ("error/hsfetch-none", &["HSFETCH"]),
    ("error/hsfetch-address", &["HSFETCH foo"]),
    ("error/extendcircuit-none", &["EXTENDCIRCUIT"]),
    ("error/extendcircuit-no-network", &["EXTENDCIRCUIT 0"]),
    ("error/extendcircuit-router", &["EXTENDCIRCUIT 0 moria1"]),
    ("error/extendcircuit-circuit", &["EXTENDCIRCUIT 7"]),
    ("error/closecircuit-unknown", &["CLOSECIRCUIT 7"]),
    ("error/closestream-none", &["CLOSESTREAM 7"]),
    ("error/closestream-unknown", &["CLOSESTREAM 7 1"]),
    (
        "error/closestream-reason",
        &["RESOLVE example.com", "CLOSESTREAM {stream} x"],
    ),
    ("error/attachstream-unknown", &["ATTACHSTREAM 7 0"]),
    (
        "error/redirectstream-unknown",
        &["REDIRECTSTREAM 7 example.com"],
    ),
    (
        "error/setcircuitpurpose-unknown",
        &["SETCIRCUITPURPOSE 7 purpose=general"],
    ),
    ("error/setrouterpurpose-obsolete", &["SETROUTERPURPOSE"]),
    ("error/postdescriptor", &["+POSTDESCRIPTOR\r\nfoo\r\n."]),
];

pub(crate) fn record(book: &mut Book) -> Result<()> {
    let setup = Setup::NULL;
    for (path, lines) in EXCHANGES {
        let tor = book.start(&setup)?;
        let mut client = tor.client()?;
        let file = format!("control/{path}");
        let reply = book.ask_all(file, &setup, &tor, &mut client, lines)?;
        let should_refuse = path.starts_with("error/");
        if should_refuse == reply.as_message().last().status.is_positive() {
            bail!("{path} should be named otherwise: {reply:?}");
        }
    }
    Ok(())
}
