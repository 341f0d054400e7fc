//! Commands about addresses, streams, circuits.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// MAPADDRESS, RESOLVE, what is done to streams and circuits, and what is asked about
/// them.
pub(super) fn streams() -> BoxedStrategy<Vec<u8>> {
    let text = |line: &'static str| line.as_bytes().to_vec();
    prop_oneof![
        5 => words("MAPADDRESS", vec(mapping(), 0..4)),
        6 => words("RESOLVE", vec(prop_oneof![
            8 => address(),
            2 => select(vec!["mode=reverse", "MODE=REVERSE", "mode=x", "x=y"]).prop_map(str::to_owned),
        ], 0..3)),
        3 => words("ATTACHSTREAM", sequence([number(), circuit(), select(vec!["", "HOP=1", "HOP=x", "x=y", "x"]).boxed()])),
        3 => words("REDIRECTSTREAM", sequence([
            number(),
            select(vec!["", "example.com", "1.2.3.4", "x.onion", "\"q\""]).boxed(),
            select(vec!["", "80", "0", "65536", "x", "080"]).boxed(),
        ])),
        3 => words("CLOSESTREAM", sequence([
            number(),
            select(vec!["", "1", "0", "2", "6", "9", "17", "255", "256", "x", "-1", "MISC"]).boxed(),
            select(vec!["", "", "x", "x=y"]).boxed(),
        ])),
        2 => words("EXTENDCIRCUIT", sequence([
            circuit(),
            select(vec![
                "", "alice", "alice,bob", "$0000000000000000000000000000000000000000",
                "$0000000000000000000000000000000000000000=alice,bob", "$00", ",", "purpose=general", "\"q\"",
            ]).boxed(),
            select(vec!["", "purpose=general", "purpose=controller", "purpose=bridge", "PURPOSE=x", "x=y"]).boxed(),
        ])),
        1 => words("SETCIRCUITPURPOSE", sequence([circuit(), Just("purpose=general").boxed(), select(vec!["", "x=y"]).boxed()])),
        1 => words("CLOSECIRCUIT", sequence([circuit(), select(vec!["", "IfUnused", "x", "x=y"]).boxed(), Just("").boxed()])),
        3 => select(vec![
            "GETINFO stream-status",
            "GETINFO circuit-status",
            "GETINFO address-mappings/all",
            "GETINFO address-mappings/control address-mappings/config address-mappings/cache",
        ]).prop_map(text),
        2 => select(vec![
            "SETCONF __LeaveStreamsUnattached=1", "SETCONF __LeaveStreamsUnattached=1 AutomapHostsOnResolve=1",
            "RESETCONF __LeaveStreamsUnattached", "SETCONF AutomapHostsOnResolve=1", "SETCONF AutomapHostsSuffixes=.",
            "SETCONF MapAddress=\"a.example b.example\" MapAddress=\"*.c.example *.d.example\"",
            "SETCONF VirtualAddrNetworkIPv4=10.0.0.0/8", "SETCONF ClientDNSRejectInternalAddresses=0",
            "SETCONF AllowNonRFC953Hostnames=1", "SIGNAL NEWNYM", "SIGNAL CLEARDNSCACHE",
        ]).prop_map(text),
        2 => select(vec!["SETEVENTS STREAM ADDRMAP", "SETEVENTS STREAM ADDRMAP STATUS_CLIENT NOTICE WARN"]).prop_map(text),
    ]
    .boxed()
}

/// A keyword with words, the empty ones left out.
fn words<T: AsRef<str> + std::fmt::Debug>(
    keyword: &'static str,
    words: impl Strategy<Value = Vec<T>> + 'static,
) -> BoxedStrategy<Vec<u8>> {
    words
        .prop_map(move |words| {
            let words = words
                .iter()
                .map(AsRef::as_ref)
                .filter(|word| !word.is_empty());
            let line = words.fold(keyword.to_owned(), |line, word| line + " " + word);
            line.into_bytes()
        })
        .boxed()
}

fn sequence(words: [BoxedStrategy<&'static str>; 3]) -> impl Strategy<Value = Vec<&'static str>> {
    words.prop_map(Vec::from)
}

/// The number of a stream: small ones are likely to be there.
fn number() -> BoxedStrategy<&'static str> {
    prop_oneof![
        8 => select(vec!["5", "6", "7", "8"]),
        1 => select(vec!["4", "9", "10", "05", "+5", "0", "x", "", "99999999999999999999", "\"q\""]),
    ]
    .boxed()
}

fn circuit() -> BoxedStrategy<&'static str> {
    select(vec!["0", "0", "0", "1", "x", "00", "99999999999", ""]).boxed()
}

fn mapping() -> impl Strategy<Value = String> {
    let from = prop_oneof![4 => address(), 3 => select(vec!["0.0.0.0", "::", ".", "*.example"]).prop_map(str::to_owned)];
    prop_oneof![
        12 => (from, address()).prop_map(|(from, to)| format!("{from}={to}")),
        1 => select(vec!["a.example", "=b", "a=", "=", "a=b=c", "\"a\"=b", "*=b", "a=*", "a=*.b"]).prop_map(str::to_owned),
    ]
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        10 => select(vec![
            "a.example", "b.example", "A.EXAMPLE", "x.c.example", "example.com", "1.2.3.4", "1.2.3.5", "::1", "[::1]",
            "2001:db8::1", "192.168.0.1", "*.c.example", "*.d.example",
        ]).prop_map(str::to_owned),
        4 => select(vec![
            "foo.exit", "a.foo.exit", ".exit", "foo.onion", "x.virtual", "127.192.0.1", "127.0.0.1", "4.3.2.1.in-addr.arpa", "a_b", "a..b",
            "7etok4ponbnarmgej4qxaxpapfgr4w7bwtxhwfvpeg6ilkdzd2s3hwqd.onion",
            "www.7etok4ponbnarmgej4qxaxpapfgr4w7bwtxhwfvpeg6ilkdzd2s3hwqd.onion",
            "8etok4ponbnarmgej4qxaxpapfgr4w7bwtxhwfvpeg6ilkdzd2s3hwqd.onion",
            "a.b.onion", "x;y", "a:b", "300.1.1.1", "1.2.3", "localhost", "0.0.0.0", ".", "-",
        ]).prop_map(str::to_owned),
        1 => "[a-z]{1,3}(\\.[a-z]{1,3}){0,2}",
        1 => Just("x".repeat(300)),
    ]
}
