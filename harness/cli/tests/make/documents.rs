//! What is made is read again, and holds.

use std::fs;

use serde_json::Value;

use crate::tools::Place;

/// What each document is verified by, all of the same seed and time.
const EVIDENCE: &[(&str, &[&str])] = &[
    ("certs", &["certificate"]),
    (
        "microdesc",
        &["consensus", "--flavor", "microdesc", "--relays", "30"],
    ),
    ("servers", &["relay", "--count", "30"]),
];

#[test]
fn what_is_made_holds() {
    let place = Place::new();
    for (name, words) in EVIDENCE {
        let words = [&["make", "-o", name], *words].concat();
        // `make` has no options of its own.
        let words = [&words[..1], &words[3..], &words[1..3]].concat();
        assert_eq!(place.good(&words), b"", "{words:?}");
    }
    for (words, kind, count) in [
        (&["consensus"][..], "consensus", 1),
        (
            &["consensus", "--flavor", "microdesc"],
            "consensus-microdesc",
            1,
        ),
        (
            &["consensus", "--relays", "0", "--authorities", "3"],
            "consensus",
            1,
        ),
        (
            &["consensus", "--param", "circwindow=100", "--param", "a=-1"],
            "consensus",
            1,
        ),
        (&["consensus", "--votes", "--method", "34"], "consensus", 1),
        (&["consensus", "--add", "of-tomorrow=x"], "consensus", 1),
        (&["vote"], "vote", 1),
        (&["vote", "--authority", "2", "--relays", "30"], "vote", 1),
        (&["certificate"], "key-certificate", 3),
        (&["relay"], "server-descriptor", 1),
        (
            &["relay", "--number", "5", "--count", "20"],
            "server-descriptor",
            20,
        ),
        (
            &["relay", "--number", "18446744073709551614"],
            "server-descriptor",
            1,
        ),
        (
            &["relay", "--no-tap-key", "--contact", ""],
            "server-descriptor",
            1,
        ),
        (
            &[
                "relay",
                "--ipv6",
                "[2001:db8::1]:9001",
                "--exit-policy-v6",
                "accept 80",
            ],
            "server-descriptor",
            1,
        ),
        (
            &["relay", "--family-key", "1", "--family-key", "2"],
            "server-descriptor",
            1,
        ),
        (
            &["relay", "--what", "extra-info", "--count", "30"],
            "extra-info",
            30,
        ),
        (
            &["relay", "--what", "microdescriptor", "--count", "30"],
            "microdescriptor",
            30,
        ),
        (&["onion"], "onion-descriptor", 1),
        (
            &[
                "onion",
                "--clients",
                "17",
                "--revision",
                "7",
                "--period",
                "60",
            ],
            "onion-descriptor",
            1,
        ),
        (
            &["onion", "--introduction-points", "0", "--lifetime", "30"],
            "onion-descriptor",
            1,
        ),
    ] {
        let made = place.good(&[&["make"], words].concat());
        fs::write(place.path("made"), &made).unwrap();
        let parse = [
            "parse",
            "--verify",
            "--authorities",
            "certs",
            "--against",
            "microdesc",
            "--against",
            "servers",
            "made",
        ];
        let read = String::from_utf8(place.good(&parse)).unwrap();
        let kinds: Vec<_> = read.lines().map(kind_of).collect();
        assert_eq!(kinds, vec![kind; count], "{words:?}");
    }
}

fn kind_of(line: &str) -> String {
    let read: Value = serde_json::from_str(line).unwrap();
    read["type"].as_str().unwrap().to_owned()
}

/// The same in what `make` has no evidence for, because it is a part of another.
#[test]
fn layers_and_archives_have_no_problems() {
    let place = Place::new();
    for layer in ["outer", "middle", "inner"] {
        let made = place.good(&["make", "onion", "--clients", "1", "--layer", layer]);
        fs::write(place.path(layer), made).unwrap();
    }
    place.good(&[
        "make",
        "network",
        "archive",
        "--layout",
        "collector",
        "--relays",
        "5",
    ]);
    place.good(&["make", "network", "network", "--descriptors", "--keys"]);
    let network = "network/cache/cached-extrainfo";
    for path in [
        "outer",
        "middle",
        "inner",
        "archive",
        "network/client",
        network,
    ] {
        assert_eq!(place.good(&["parse", "--problems", path]), b"", "{path}");
    }
}

#[test]
fn settings_are_in_the_documents() {
    let place = Place::new();
    let family = "9695DFC35FFEB861329B9F1AB04C46397020CE31";
    let policy = ["--exit-policy", "accept 80,443"];
    #[rustfmt::skip]
    let cases: &[(&[&str], &str)] = &[
        (&["--nickname", "web", "--address", "192.0.2.1", "--or-port", "9", "--dir-port", "7"], "router web 192.0.2.1 9 0 7"),
        (&["--uptime", "5"], "uptime 5"),
        (&["--published", "2026-11-22 01:02:03"], "published 2026-11-22 01:02:03"),
        (&["--tor-version", "0.4.8.1"], "platform Tor 0.4.8.1 on Linux"),
        (&["--protocols", "Link=4"], "proto Link=4"),
        (&["--bandwidth", "7"], "bandwidth 14000 28000 7000"),
        (&["--contact", "me"], "contact me"),
        (&["--ipv6", "[2001:db8::1]:9001"], "or-address [2001:db8::1]:9001"),
        (&policy, "accept *:443"),
        (&["--exit-policy-v6", "reject 25"], "ipv6-policy accept 1-24,26-65535"),
        (&["--family", family, "--what", "microdescriptor"], "family $9695DFC35FFEB861329B9F1AB04C46397020CE31 $DE1673CFD1E334D7137D048CA8A65DCB18CB81C8"),
        (&["--what", "microdescriptor", "--exit-policy", "accept 80,443"], "p accept 80,443"),
        (&["--what", "status-entry", "--flags", "Valid,Exit", "--bandwidth", "7"], "s Exit Valid"),
        (&["--what", "status-entry-microdesc", "--bandwidth", "7"], "w Bandwidth=7"),
        (&["--set", "uptime=1", "--add", "uptime=2", "--set", "uptime=3"], "uptime 3"),
        (&["--set", "uptime="], "uptime"),
        (&["--set", "a-b=c=d e"], "a-b c=d e"),
    ];
    for (words, line) in cases {
        let made = place.good(&[&["make", "relay"], *words].concat());
        let made = String::from_utf8(made).unwrap();
        assert!(
            made.lines().any(|one| one == *line),
            "{words:?}: expected {line:?} in {made}"
        );
    }
}

/// The keywords of what is made: changes are made in the order of the command line.
#[test]
fn changes_are_in_order() {
    let place = Place::new();
    let entry = ["make", "relay", "--what", "status-entry"];
    for (words, expected) in [
        (&[][..], "r s v pr w p"),
        (&["--without", "v", "--without", "pr"], "r s w p"),
        (&["--repeat", "s", "--repeat", "s"], "r s s s v pr w p"),
        (
            &["--repeat", "s", "--without", "s", "--add", "s=x"],
            "r s v pr w p",
        ),
        (
            &["--without", "s", "--set", "s=x", "--repeat", "s"],
            "r s s v pr w p",
        ),
        (&["--move", "p=0"], "p r s v pr w"),
        (&["--move", "r=99", "--repeat", "r"], "s v pr w p r r"),
    ] {
        let made = place.good(&[&entry, words].concat());
        let made = String::from_utf8(made).unwrap();
        let keywords: Vec<_> = made
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(keywords.join(" "), expected, "{words:?}");
    }
}

/// Changes before the signing are signed; those behind it are not.
#[test]
fn changes_are_signed_or_not() {
    let place = Place::new();
    let make = |words: &[&str]| {
        let made = place.good(&[&["make"], words].concat());
        fs::write(place.path("made"), made).unwrap();
        let output = place.run(&["parse", "--verify", "--authorities", "certs", "made"]);
        let read: Value = serde_json::from_slice(&output.stdout).unwrap();
        let status = read["verified"]["status"].as_str().unwrap();
        (status.to_owned(), output.status.code().unwrap())
    };
    place.good(&["make", "certificate", "-o", "certs"]);
    for words in [
        &["consensus", "--set", "valid-until=2030-01-01 00:00:00"][..],
        &["consensus", "--entry", "relay3", "--set", "w=Bandwidth=1"],
        &["vote", "--entry", "auth1", "--set", "w=Bandwidth=1"],
        &["relay", "--set", "uptime=5"],
        &[
            "certificate",
            "--authorities",
            "1",
            "--set",
            "dir-address=127.0.0.1:1",
        ],
        &["onion", "--set", "revision-counter=5"],
    ] {
        assert_eq!(make(words), ("holds".into(), 0), "{words:?}");
        let after = [words, &["--after-signing"]].concat();
        assert_eq!(make(&after), ("fails".into(), 1), "{after:?}");
    }
}
