//! Arguments that are wrong.

use crate::tools::Place;

/// The arguments behind `make`, what is said of them.
#[rustfmt::skip]
const CASES: &[(&str, &str)] = &[
    ("nonsense", "nonsense"),
    ("consensus --seed x", "'x' for '--seed <N>'"),
    ("consensus --at noon", "expected a time: YYYY-MM-DD HH:MM:SS, or now"),
    ("consensus --at '1970-12-31 23:59:59'", "expected a time from 1971 to 9998"),
    ("onion --at '1969-01-01 00:00:00'", "expected a time from 1971 to 9998"),
    ("relay --at '9999-01-01 00:00:00'", "expected a time from 1971 to 9998"),
    ("consensus --flavor full", "[possible values: ns, microdesc]"),
    ("consensus --relays 10001", "10001 is not in 0..=10000"),
    ("consensus --relays -1", "-1"),
    ("consensus --authorities 0", "0 is not in 1..=300"),
    ("consensus --param circwindow", "expected NAME=NUMBER, with a number from -2147483648 to 2147483647, got \"circwindow\""),
    ("consensus --param a=2147483648", "expected NAME=NUMBER"),
    ("consensus --param =1", "expected NAME=NUMBER"),
    ("consensus --hours 745", "745 is not in 0..=744"),
    ("consensus --client-versions 0.4,", "expected a version of tor, as 0.4.9.11, got \"0.4\""),
    ("consensus --known-flags 'Fast Valid'", "expected a flag, which has no spaces, got \"Fast Valid\""),
    ("consensus --bandwidth-weights=-1", "expected computed, or a number from 0 to 2147483647"),
    ("consensus --bandwidth-weights equal", "expected computed, or a number from 0 to 2147483647"),
    ("consensus --disagree 1001", "1001 is not in 0..=1000"),
    ("consensus-diff --newer 745", "745 is not in 0..=744"),
    ("bandwidth-file --authority 3", "--authority 3: expected one from 0 to 2"),
    ("consensus --set uptime", "expected KEYWORD=TEXT, got \"uptime\""),
    ("consensus --set =5", "expected a keyword, which has no spaces, got \"\""),
    ("consensus --add 'a b=5'", "expected a keyword, which has no spaces, got \"a b\""),
    ("consensus --move w=x", "expected KEYWORD=N, a place from 0 on, got \"x\""),
    ("consensus --without ws", "--without ws: expected a keyword that is there: bandwidth-weights, client-versions, "),
    ("consensus --repeat ws", "--repeat ws: expected a keyword that is there: "),
    ("consensus --move ws=0", "--move ws: expected a keyword that is there: "),
    ("consensus --entry relay3 --without published", "--without published: expected a keyword that is there: p, pr, r, s, v, w\n"),
    ("consensus --entry relay10 --set w=x", "--entry relay10: expected the nickname of a relay that is in there"),
    ("consensus --entry relay-1", "expected a nickname: 1 to 19 ASCII letters and digits"),
    ("vote --authority 3", "--authority 3: expected one from 0 to 2"),
    ("bandwidth-file --entry relay10", "--entry relay10: expected the nickname of a relay that is in there"),
    ("detached-signatures --entry relay0", "--entry relay0: expected the nickname of a relay that is in there"),
    ("relay --exit-policy 'accept *:80'", "expected \"accept PORTS\" or \"reject PORTS\", such as \"accept 80,443,6660-6669\", got \"accept *:80\""),
    ("relay --nickname 'no spaces'", "expected a nickname"),
    ("relay --contact 'a\nrouter x'", "expected a text on one line, got \"a\\nrouter x\""),
    ("relay --tor-version '0.4\npublished x'", "expected a version of tor, as 0.4.9.11, got \"0.4\\npublished x\""),
    ("relay --tor-version new", "expected a version of tor, as 0.4.9.11, got \"new\""),
    ("relay --flags 'Fast,x\nw y'", "expected a flag, which has no spaces, got \"x\\nw y\""),
    ("relay --flags 'Fast,,Exit'", "expected a flag, which has no spaces, got \"\""),
    ("relay --protocols Link", "expected subprotocols, as \"Link=4-5 Relay=2\", got \"Link\""),
    ("relay --protocols 'Link=4\nuptime 5'", "expected subprotocols"),
    ("relay --uptime 18446744073709551615", "18446744073709551615 is not in 0..=9223372036854775807"),
    ("relay --ipv6 '[2001:db8::1%3]:9001'", "expected [IPV6]:PORT, without a zone, got \"[2001:db8::1%3]:9001\""),
    ("relay --published '1969-01-01 00:00:00'", "expected a time from 1971 to 9998"),
    ("relay --family '$x'", "expected a fingerprint"),
    ("relay --number 18446744073709551615", "--number 18446744073709551615: expected a smaller number, for --count 1"),
    ("relay --what keys --set a=b", "--what: expected a document, which can be changed, or no changes"),
    ("relay --dir d --what keys", "cannot be used with"),
    ("relay --dir d --set a=b", "cannot be used with"),
    ("relay --dir d -o f", "cannot be used with"),
    ("bridge --what lines --set a=b", "--what: expected a document, which can be changed, or no changes"),
    ("bridge --what microdescriptor", "[possible values: server-descriptor, extra-info, sanitised-server-descriptor, "),
    ("onion --layer inner --set a=b", "--layer inner: what is changed is in a layer around it; --in inner changes this one"),
    ("onion --period 0", "0 is not in 1.."),
    ("onion --period 4294967295", "--period 4294967295: expected a shorter period"),
    ("sample novel", "expected a kind of document, or CollecTor's name of one"),
    ("network", "<DIR>"),
    ("network d --layout collector --keys", "--layout collector: expected neither --keys nor --descriptors"),
    ("network d --relays 10000 --bridges 156", "--bridges 156: expected at most 155 beside so many relays"),
    ("network d --entry relay10", "--entry relay10: expected the nickname of a relay that is in there"),
    ("network d --layout collector --without m", "--without m: expected a keyword that is there"),
];

#[test]
fn bad_arguments_give_one_clear_error_and_leave_nothing() {
    let place = Place::new();
    for (words, expected) in CASES {
        let output = place.run(&format!("tor-harness make {words}"));
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words}: {complaint}");
        assert!(
            complaint.contains(expected),
            "{words}: expected {expected:?} in {complaint}"
        );
        assert_eq!(output.stdout, b"", "{words}");
    }
    assert_eq!(place.all(), [""; 0]);
}
