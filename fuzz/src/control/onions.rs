//! Commands about onion services.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Secret keys, made for tests: of no service.
const KEYS: &[&str] = &[
    "ED25519-V3:4LIhFmeGLKv8M/SYxRr5fCpeUVWkTlHSIkvlgOPOT2a+uQpu1G1GIimHORYtDjfN+CEdqGvz2oBIWalOI7cCLQ==",
    "ED25519-V3:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
    "ed25519-v3:4LIhFmeGLKv8M/SYxRr5fCpeUVWkTlHSIkvlgOPOT2a+uQpu1G1GIimHORYtDjfN+CEdqGvz2oBIWalOI7cCLQ",
];

/// The addresses of these keys, and of another.
const ADDRESSES: &[&str] = &[
    "7etok4ponbnarmgej4qxaxpapfgr4w7bwtxhwfvpeg6ilkdzd2s3hwqd",
    "lbtgmztgmztgmztgmztgmztgmztgmztgmztgmztgmztgmztgmztmn5ad",
    "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid",
];

/// ADD_ONION, DEL_ONION, ONION_CLIENT_AUTH_*, HSFETCH, +HSPOST. `{onion}` stands for the last
/// address that tor made up.
pub(super) fn onions() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        6 => line(
            "ADD_ONION",
            key(),
            prop_oneof![
                8 => port(),
                4 => flags(),
                1 => select(vec![
                    "MaxStreams=5", "MaxStreams=0", "MaxStreams=65535", "maxstreams=65536", "MaxStreams=-1",
                    "MaxStreams=x", "PoWDefensesEnabled=1", "PoWDefensesEnabled=0", "PoWDefensesEnabled=2",
                    "PoWQueueRate=250", "PoWQueueRate=4294967295", "PoWQueueRate=4294967296", "PoWQueueBurst=2500",
                    "PoWQueueBurst=-1", "x=y", "x", "Port", "=",
                ]).prop_map(str::to_owned),
                1 => select(vec![
                    "ClientAuthV3=5BPBXQOAZWPSSXFKOIXHZDRDA2AJT2SWS2GIQTISCFKGVBFWBBDQ",
                    "ClientAuthV3=5bpbxqoazwpssxfkoixhzdrda2ajt2sws2giqtiscfkgvbfwbbdq",
                    "clientauthv3=x",
 "ClientAuth=bob", "clientauth=bob:x",
                    "ClientAuthV3=",
                ]).prop_map(str::to_owned),
            ],
            0..5,
        ),
        3 => line("DEL_ONION", address(), Just("x".to_owned()), 0..2),
        3 => line(
            "ONION_CLIENT_AUTH_ADD",
            (address(), client_key()).prop_map(|(address, key)| format!("{address} {key}")),
            select(vec![
                "ClientName=bob", "clientname=alice", "ClientName=", "ClientName=longer_than_sixteen", "Flags=Permanent",
                "Flags=permanent", "Flags=x", "Flags=Permanent,x", "Flags=", "FlagsX=Permanent", "x=y", "x",
            ]).prop_map(str::to_owned),
            0..3,
        ),
        1 => line("ONION_CLIENT_AUTH_REMOVE", address(), Just("x=y".to_owned()), 0..2),
        2 => line("ONION_CLIENT_AUTH_VIEW", address(), Just("x=y".to_owned()), 0..2),
        1 => select(vec!["ONION_CLIENT_AUTH_VIEW", "ONION_CLIENT_AUTH_REMOVE", "ONION_CLIENT_AUTH_ADD", "DEL_ONION"])
            .prop_map(|line| line.as_bytes().to_vec()),
        2 => line(
            "HSFETCH",
            prop_oneof![6 => address(), 1 => Just("v2-abcdefghijklmnopqrstuvwxyz234567".to_owned())],
            select(vec!["SERVER=x", "server=$0000000000000000000000000000000000000000", "x=y", "x"])
                .prop_map(str::to_owned),
            0..2,
        ),
        1 => (address(), select(vec!["", "SERVER=x ", "x=y "]), any::<bool>(), select(vec![
            "", "foo", "hs-descriptor 3", "foo\r\nhs-descriptor 3", "hs-descriptor 3\r\ndescriptor-lifetime 180",
            "hs-descriptor 3\r\nsignature x", "..",
        ])).prop_map(|(address, server, named, body)| {
            let address = if named { format!("HSADDRESS={address}") } else { String::new() };
            let end = if body.is_empty() { "" } else { "\r\n" };
            format!("+HSPOST {server}{address}\r\n{body}{end}.").into_bytes()
        }),
        2 => select(vec!["GETINFO onions/current", "GETINFO onions/detached", "GETINFO onions/current onions/detached"])
            .prop_map(|line| line.as_bytes().to_vec()),
    ]
    .boxed()
}

/// A command with one word and a few more.
fn line(
    keyword: &'static str,
    first: impl Strategy<Value = String> + 'static,
    other: impl Strategy<Value = String> + 'static,
    count: impl Into<prop::collection::SizeRange>,
) -> BoxedStrategy<Vec<u8>> {
    (first, vec(other, count))
        .prop_map(move |(first, others)| {
            let line = format!("{keyword} {first}");
            let line = others.iter().fold(line, |line, other| line + " " + other);
            line.into_bytes()
        })
        .boxed()
}

fn key() -> impl Strategy<Value = String> {
    let zero = || format!("ED25519-V3:{}==", "A".repeat(86));
    prop_oneof![
        6 => select(vec!["NEW:BEST", "NEW:ED25519-V3", "new:best"]).prop_map(str::to_owned),
        8 => select(KEYS).prop_map(str::to_owned),
        1 => Just(zero()),
        2 => select(vec![
            "NEW:RSA1024", "RSA1024:x", "NEW:", "NEW", ":", "NEW:BEST:x", ":NEW::BEST", "ED25519-V3:AAAA", "ED25519-V3:!",
            "ED25519-V3:", "x:y", "Port=80",
        ]).prop_map(str::to_owned),
    ]
}

fn port() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(vec![
            "80", "80,8080", "443,127.0.0.1:8443", "1,unix:/x", "2,[::1]:80", "3,localhost:80", "65535", "080", "80,",
        ]),
        1 => select(vec![
            "", "0", "65536", "x", "-1", "80,0", "80,70000", "80,127.0.0.1:", "80,300.0.0.1:80", "80,81,82", ",",
            "80,[::1]", "80,::1:80", "80,127.0.0.1", "unix:/x", "80,UNIX:/x", "0x50", "80;81",
        ]),
    ]
    .prop_map(|port| format!("Port={port}"))
}

fn flags() -> impl Strategy<Value = String> {
    let flag = prop_oneof![
        12 => select(vec!["DiscardPK", "Detach", "detach", "MaxStreamsCloseCircuit", "V3Auth"]),
        1 => select(vec!["NonAnonymous", "BasicAuth", "x", "", "a\\b"]),
    ];
    vec(flag, 1..4).prop_map(|flags| format!("Flags={}", flags.join(",")))
}

/// What may be the address of an onion service.
fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(ADDRESSES).prop_map(str::to_owned),
        3 => Just("{onion}".to_owned()),
        1 => select(ADDRESSES).prop_map(str::to_ascii_uppercase),
        1 => select(ADDRESSES).prop_map(|address| address.replacen('m', "n", 1)),
        1 => select(ADDRESSES).prop_map(|address| format!("{address}.onion")),
        1 => select(vec!["a", "1", "a=b", "abcdefghij234567"]).prop_map(str::to_owned),
        1 => Just("1".repeat(56)),
    ]
}

fn client_key() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        6 => select(vec![
            "x25519:iJ1tjKCrMAbiFT2bVrCjhbfMDnE1fpaRbIS5ZHKUvEQ=",
            "X25519:iJ1tjKCrMAbiFT2bVrCjhbfMDnE1fpaRbIS5ZHKUvEQ",
            "x25519:WDx9gUKf6c1HcsCtgGqPU4DJ1AiBbCYvAOzSxVG2Vlw=",
        ]),
        1 => select(vec![
            "x25519:", "x25519", "x25519:AAAA", "x25519:!", "ed25519:iJ1tjKCrMAbiFT2bVrCjhbfMDnE1fpaRbIS5ZHKUvEQ=", "a:b:c",
            "x25519:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        ]),
    ]
}
