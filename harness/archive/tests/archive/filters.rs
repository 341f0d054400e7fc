//! Only what is wanted is found.

use tor_harness_archive::Archive;
use tor_harness_netdoc::Kind;

use crate::tools::{archive, list};

const FILE: &str = "router moria1 127.0.0.1 1 0 0
published 2020-01-01 00:00:00
fingerprint 9695 DFC3 5FFE B861 329B 9F1A B04C 4639 7020 CE31
family other
router other 127.0.0.1 1 0 0
platform moria1
published 2021-01-01 00:00:00
router third 127.0.0.1 1 0 0
@type tea 1.0
leaves moria1
";

#[test]
fn only_what_passes_all_filters_comes() {
    type Narrow = fn(Archive) -> Archive;
    let cases: &[(&str, Narrow, &[u64])] = &[
        ("nothing", |archive| archive, &[1, 5, 8, 9]),
        (
            "kind",
            |archive| archive.kind(Kind::ServerDescriptor),
            &[1, 5, 8],
        ),
        (
            "nickname",
            |archive| archive.relay("MORIA1".parse().unwrap()),
            &[1],
        ),
        (
            "either",
            |archive| {
                archive
                    .relay("moria1".parse().unwrap())
                    .relay("third".parse().unwrap())
            },
            &[1, 8],
        ),
        (
            "fingerprint",
            |archive| archive.relay("$9695dfc35ffeb861329b9f1ab04c46397020ce31".parse().unwrap()),
            &[1],
        ),
        (
            "time",
            |archive| {
                archive.between(
                    "2020-06-01 00:00:00".parse().unwrap()..="2021-01-01 00:00:00".parse().unwrap(),
                )
            },
            &[5],
        ),
        (
            "time of another relay",
            |archive| {
                let time = "2021-01-01 00:00:00".parse().unwrap();
                archive
                    .between(time..=time)
                    .relay("moria1".parse().unwrap())
            },
            &[],
        ),
    ];
    for (name, narrow, lines) in cases {
        let found = narrow(archive(FILE.as_bytes())).map(|found| found.place.line);
        let found: Vec<_> = found.map(Result::unwrap).collect();
        assert_eq!(found, *lines, "{name}");
    }
}

#[test]
fn what_has_no_type_is_of_the_assumed_one() {
    let assumed = |text: &str| {
        list(
            archive(text.as_bytes())
                .assume(Kind::ServerDescriptor)
                .documents(),
        )
    };
    assert_eq!(
        assumed("published 2020-01-01 00:00:00\n"),
        ["a 1 0 server-descriptor 30"]
    );
    assert_eq!(assumed("@type tea 1.0\nleaves\n"), ["a 1 0 none 21"]);
    let relays = [
        "moria 1",
        "",
        "$moria1",
        "9695DFC35FFEB861329B9F1AB04C46397020CE3",
    ];
    for relay in relays {
        assert!(
            relay.parse::<tor_harness_archive::Relay>().is_err(),
            "{relay}"
        );
    }
}
