//! What is made, read again.

use serde_json::Value;
use tor_harness::netdoc::Kind;

use crate::tools::Place;

/// What documents are verified by, all of the same seed and time.
const EVIDENCE: [&str; 3] = [
    "certificate -o certs",
    "consensus --flavor microdesc --relays 30 -o microdesc",
    "relay --count 30 -o servers",
];

/// What is made, its type, how many there are.
#[rustfmt::skip]
const MADE: &[(&str, &str, usize)] = &[
    ("consensus", "consensus", 1),
    ("consensus --flavor microdesc", "consensus-microdesc", 1),
    ("consensus --relays 0", "consensus", 1),
    ("consensus --param circwindow=100 --param a=-1", "consensus", 1),
    ("consensus --votes --method 34", "consensus", 1),
    ("consensus --hours 20", "consensus", 1),
    ("consensus --disagree 200 --bandwidth-weights computed --votes", "consensus", 1),
    ("consensus --known-flags Valid,Running,Fast --server-versions 0.4.8.16", "consensus", 1),
    ("consensus --add of-tomorrow=x", "consensus", 1),
    ("vote", "vote", 1),
    ("vote --authority 2 --relays 30", "vote", 1),
    ("vote --disagree 1000 --known-flags Running,Valid", "vote", 1),
    ("certificate", "key-certificate", 3),
    ("detached-signatures", "detached-signatures", 1),
    ("relay", "server-descriptor", 1),
    ("relay --number 5 --count 20", "server-descriptor", 20),
    ("relay --number 18446744073709551614", "server-descriptor", 1),
    ("relay --no-tap-key --contact ''", "server-descriptor", 1),
    ("relay --ipv6 '[2001:db8::1]:9001' --exit-policy-v6 'accept 80'", "server-descriptor", 1),
    ("relay --uptime 9223372036854775807 --protocols 'Link=4-5 Of-Tomorrow=1'", "server-descriptor", 1),
    ("consensus --at '1971-01-01 00:00:00'", "consensus", 1),
    ("vote --at '9998-12-31 23:00:00' --hours 744", "vote", 1),
    ("detached-signatures --votes", "detached-signatures", 1),
    ("relay --family-key 1 --family-key 2", "server-descriptor", 1),
    ("relay --what extra-info --count 30", "extra-info", 30),
    ("relay --what microdescriptor --count 30", "microdescriptor", 30),
    ("bridge --count 3", "server-descriptor", 3),
    ("onion", "onion-descriptor", 1),
    ("onion --clients 17 --revision 7 --period 60", "onion-descriptor", 1),
    ("onion --introduction-points 0 --lifetime 30", "onion-descriptor", 1),
];

#[test]
fn what_is_made_holds() {
    let place = Place::new();
    for evidence in EVIDENCE {
        place.good(&format!("tor-harness make {evidence}"));
    }
    for (made, kind, count) in MADE {
        let read = place.good(&format!(
            "tor-harness make {made} | tor-harness parse --verify --authorities certs --against microdesc --against servers -"
        ));
        let kinds: Vec<_> = read.lines().map(kind_of).collect();
        assert_eq!(kinds, vec![*kind; *count], "{made}");
    }
}

fn kind_of(line: &str) -> String {
    let read: Value = serde_json::from_str(line).unwrap();
    read["type"].as_str().unwrap().to_owned()
}

/// Which commands give one consensus: those that name its votes, those that do not.
#[test]
fn consensuses_agree() {
    let place = Place::new();
    place.good("tor-harness make network mine --descriptors");
    place.good("tor-harness make network archive --layout collector");
    for (option, found) in [
        ("", "mine/cache/cached-consensus"),
        ("--votes", "archive/recent/relay-descriptors/consensuses/*"),
    ] {
        let bare = if option.is_empty() {
            "cat"
        } else {
            "tail -n +2"
        };
        place.good(&format!(
            "tor-harness make consensus {option} -o consensus --force"
        ));
        place.good(&format!("{bare} {found} | diff consensus -"));
        let signed = place.good(&format!("tor-harness make detached-signatures {option}"));
        let digest = place.good(
            r#"tor-harness parse consensus | grep -o '"sha1":"[^"]*"' | head -1 | cut -d'"' -f4"#,
        );
        let first = signed.lines().next().unwrap();
        assert_eq!(
            first,
            format!("consensus-digest {}", digest.trim()),
            "{option}"
        );
    }
}

/// What is a part of another, sanitised, or not signed.
#[test]
fn what_is_not_signed_has_no_problems() {
    let place = Place::new();
    for (made, kind) in [
        (
            "onion --clients 1 --layer middle",
            "onion-descriptor-middle",
        ),
        ("onion --clients 1 --layer inner", "onion-descriptor-inner"),
        ("bandwidth-file", "bandwidth-file"),
        (
            "bridge --what sanitised-server-descriptor",
            "bridge-server-descriptor",
        ),
        ("bridge --what sanitised-extra-info", "bridge-extra-info"),
    ] {
        let line = format!("tor-harness make {made} | tor-harness parse --type {kind} -");
        assert_eq!(kind_of(&place.good(&line)), kind, "{made}");
    }
    place.good("tor-harness make network archive --layout collector --relays 5 --bridges 2");
    place.good("tor-harness make network network --descriptors --keys");
    for path in ["archive", "network/client", "network/cache"] {
        place.good(&format!("tor-harness parse --problems {path}"));
    }
}

#[test]
fn bridges_are_as_late_as_their_network() {
    let place = Place::new();
    place.good("tor-harness make network d --layout collector --relays 2 --bridges 1 --hours 40");
    // 40 hours are 2026-11-24 04:00:00, and nobody publishes longer ago than 19 hours.
    let published =
        place.good("grep -rh '^published' d/recent/bridge-descriptors/server-descriptors");
    assert!(
        published.as_str() >= "published 2026-11-23 09:00:00",
        "{published}"
    );
}

#[test]
fn samples_are_of_their_type() {
    let place = Place::new();
    for kind in Kind::all().map(Kind::name) {
        let line = format!("tor-harness make sample {kind} | tor-harness parse --type {kind} -");
        assert_eq!(kind_of(&place.good(&line)), kind);
    }
}

#[test]
fn settings_are_in_the_documents() {
    let place = Place::new();
    #[rustfmt::skip]
    let cases = [
        ("relay --nickname web --address 192.0.2.1 --or-port 9 --dir-port 7", "router web 192.0.2.1 9 0 7"),
        ("relay --uptime 5", "uptime 5"),
        ("relay --published '2026-11-22 01:02:03'", "published 2026-11-22 01:02:03"),
        ("relay --tor-version 0.4.8.1", "platform Tor 0.4.8.1 on Linux"),
        ("relay --protocols Link=4", "proto Link=4"),
        ("relay --bandwidth 7", "bandwidth 14000 28000 7000"),
        ("relay --contact me", "contact me"),
        ("relay --ipv6 '[2001:db8::1]:9001'", "or-address [2001:db8::1]:9001"),
        ("relay --exit-policy 'accept 80,443'", "accept *:443"),
        ("relay --exit-policy-v6 'reject 25'", "ipv6-policy reject 25"),
        ("relay --family 9695DFC35FFEB861329B9F1AB04C46397020CE31 --what microdescriptor", "family $9695DFC35FFEB861329B9F1AB04C46397020CE31 $DE1673CFD1E334D7137D048CA8A65DCB18CB81C8"),
        ("relay --what microdescriptor --exit-policy 'accept 80,443'", "p accept 80,443"),
        ("relay --what status-entry --flags Valid,Exit", "s Exit Valid"),
        ("relay --what status-entry-microdesc --bandwidth 7", "w Bandwidth=7"),
        ("relay --set uptime=1 --add uptime=2 --set uptime=3", "uptime 3"),
        ("relay --set uptime=", "uptime"),
        ("relay --set 'a-b=c=d e'", "a-b c=d e"),
        ("bridge --nickname web --or-port 9", "router web 198.18.39.249 9 0 0"),
        ("bridge --what lines --address 192.0.2.1 --or-port 9", "Bridge 192.0.2.1:9 A44F7C5979A0DEF4D8FDE7183BE94F4B25160FC6"),
        ("consensus --param b=2 --param a=-1", "params a=-1 b=2"),
        ("consensus", "client-versions 0.4.9.11"),
        ("consensus --client-versions 0.4.8.16,0.4.9.11", "client-versions 0.4.8.16,0.4.9.11"),
        ("vote --server-versions 0.4.9.11", "server-versions 0.4.9.11"),
        ("vote --known-flags Valid,Running,Valid", "known-flags Running Valid"),
        ("vote --known-flags Valid,Running", "s Running Valid"),
        ("consensus --bandwidth-weights 7", "bandwidth-weights Wbd=7 Wbe=7 Wbg=7 Wbm=7 Wdb=7 Web=7 Wed=7 Wee=7 Weg=7 Wem=7 Wgb=7 Wgd=7 Wgg=7 Wgm=7 Wmb=7 Wmd=7 Wme=7 Wmg=7 Wmm=7"),
        ("consensus --method 34", "consensus-method 34"),
        ("consensus --hours 5", "valid-after 2026-11-22 17:00:00"),
        ("consensus --at '2027-01-01 01:02:03'", "valid-after 2027-01-01 01:02:03"),
        ("consensus --valid-after '2027-01-01 01:02:03'", "valid-until 2027-01-01 04:02:03"),
        ("onion --revision 7", "revision-counter 7"),
        ("onion --lifetime 7", "descriptor-lifetime 7"),
        ("bandwidth-file --entry relay3 --set 'node_id=$00 bw=1'", "node_id=$00 bw=1"),
    ];
    for (words, line) in cases {
        let made = place.good(&format!("tor-harness make {words}"));
        assert!(
            made.lines().any(|one| one == line),
            "{words}: expected {line:?} in {made}"
        );
    }
}

/// The keywords of what is made: changes are made in the order of the command line.
#[test]
fn changes_are_in_order() {
    let place = Place::new();
    for (changes, expected) in [
        ("", "r s v pr w p"),
        ("--without v --without pr", "r s w p"),
        ("--repeat s --repeat s", "r s s s v pr w p"),
        ("--repeat s --without s --add s=x", "r s v pr w p"),
        ("--without s --set s=x --repeat s", "r s s v pr w p"),
        ("--move p=0", "p r s v pr w"),
        ("--move r=99 --repeat r", "s v pr w p r r"),
    ] {
        let made = place.good(&format!(
            "tor-harness make relay --what status-entry {changes}"
        ));
        let keywords = made.lines().filter_map(|line| line.split(' ').next());
        assert_eq!(
            keywords.collect::<Vec<_>>().join(" "),
            expected,
            "{changes}"
        );
    }
}

/// Changes before the signing are signed; those behind it are not.
#[test]
fn changes_are_signed_or_not() {
    let place = Place::new();
    place.good("tor-harness make certificate -o certs");
    let status = |words: &str| {
        let line =
            format!("tor-harness make {words} | tor-harness parse --verify --authorities certs -");
        let output = place.run(&line);
        let read: Value = serde_json::from_slice(&output.stdout).unwrap();
        let status = read["verified"]["status"].as_str().unwrap();
        (status.to_owned(), output.status.code().unwrap())
    };
    for words in [
        "consensus --set valid-until='2030-01-01 00:00:00'",
        "consensus --entry relay3 --set w=Bandwidth=1",
        "vote --entry auth1 --set w=Bandwidth=1",
        "relay --set uptime=5",
        "bridge --set uptime=5",
        "certificate --authorities 1 --set dir-address=127.0.0.1:1",
        "onion --set revision-counter=5",
    ] {
        assert_eq!(status(words), ("holds".into(), 0), "{words}");
        let after = format!("{words} --after-signing");
        assert_eq!(status(&after), ("fails".into(), 1), "{after}");
    }
}

/// The beginning of this hour is when a tor looks for a consensus.
#[test]
fn now_is_this_hour() {
    let place = Place::new();
    place.good("tor-harness make certificate --at now -o certs");
    place.good("tor-harness make consensus --at now -o consensus");
    let read = place.good("tor-harness parse --verify --authorities certs --at now consensus");
    let read: Value = serde_json::from_str(&read).unwrap();
    let valid_after = read["fields"]["valid-after"]["time"].as_str();
    assert!(
        valid_after.is_some_and(|time| time.ends_with(":00:00")),
        "{read}"
    );
    let at = read["verified"]["at"].as_str().unwrap();
    // The hour may have gone by.
    assert!(["fresh", "valid"].contains(&at), "{at}");
}
