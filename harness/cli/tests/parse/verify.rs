//! What is printed with `--verify`.

use serde_json::{Value, json};

use crate::tools::{complaint, fixture, lines, run};

const CERTS: &str = "data-directory/client/cached-certs";
const CONSENSUS: &str = "netdoc/consensus/current";
const MICRODESC_CONSENSUS: &str = "netdoc/consensus-microdesc/current";
const RELAY: &str = "netdoc/server-descriptor/relay";

/// A fixture in whose text `to` stands for the first `from`.
fn changed(path: &str, from: &str, to: &str) -> String {
    let text = fixture(path);
    assert!(text.contains(from), "{path} has no {from:?}");
    text.replacen(from, to, 1)
}

/// The status of the command, and how `verified` begins where it is not all of it.
type Case<'a> = (&'a [&'a str], i32, Value);

#[test]
fn what_holds_is_said() {
    let flipped = changed(CONSENSUS, "\np accept", "\np reject");
    let bad_relay = changed(RELAY, "\nbandwidth 1", "\nbandwidth 2");
    let files = [
        ("certs", fixture(CERTS)),
        ("one-cert", fixture("netdoc/key-certificate/authority-0")),
        ("consensus", fixture(CONSENSUS)),
        ("microdesc-consensus", fixture(MICRODESC_CONSENSUS)),
        ("flipped", &flipped),
        ("relay", fixture(RELAY)),
        ("bad-relay", &bad_relay),
        ("extra-info", fixture("netdoc/extra-info/relay")),
        ("microdescriptor", fixture("netdoc/microdescriptor/relay")),
        ("bandwidth", fixture("netdoc/bandwidth-file/next")),
    ];
    let unknown = |problem| json!({"status": "unknown", "problems": [{"line": 1, "column": 1, "problem": problem}]});
    let until = "2027-11-22 05:53:10";
    let at = |time, is_live, problem: Option<&str>| {
        let problems = problem.map(|problem| json!({"line": 1, "column": 1, "problem": problem}));
        let problems: Vec<_> = problems.into_iter().collect();
        json!({"status": "holds", "until": until, "at": time, "reasonably-live": is_live, "problems": problems})
    };
    let by = ["--authorities", "certs", "--at"];
    let trusting = |time, file| [&by[..], &[time, file]].concat();
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        (&["consensus"], 1, unknown("expected authorities to verify it by (--authorities FILE)")),
        (&["--authorities", "certs", "consensus"], 0, json!({"status": "holds", "until": until, "problems": []})),
        (&["--authorities", "one-cert", "consensus"], 0, json!({"status": "holds", "until": until, "problems": []})),
        (&trusting("2026-11-22 05:53:29", "consensus"), 1, at("not-yet-valid", true, Some("expected a document that holds at 2026-11-22 05:53:29, and this one will later"))),
        (&trusting("2026-11-22 05:53:30", "consensus"), 0, at("fresh", true, None)),
        (&trusting("2026-11-22 05:54:00", "consensus"), 0, at("valid", true, None)),
        (&trusting("2026-11-24 05:54:00", "consensus"), 1, at("expired", false, Some("expected a document that holds at 2026-11-24 05:54:00, and this one is over"))),
        (&trusting("2027-11-22 05:53:11", "consensus"), 1, at("expired", false, Some("expected a document that is proved at 2027-11-22 05:53:11, and this one was until 2027-11-22 05:53:10"))),
        (&["extra-info"], 1, unknown("expected a server descriptor that names it, to verify it by (--against FILE)")),
        (&["microdescriptor"], 1, unknown("expected a consensus that names it, to verify it by (--against FILE)")),
        (&["--authorities", "certs", "--against", "microdesc-consensus", "microdescriptor"], 0, json!({"status": "holds", "problems": []})),
        (&["bandwidth"], 1, unknown("expected a document of a type that can be verified")),
        (&["--against", "relay", "extra-info"], 0, json!({"status": "holds", "problems": []})),
        (&["--at", "2036-01-01 00:00:00", "microdescriptor", "--against", "microdesc-consensus", "--authorities", "certs"], 0, json!({"status": "holds", "problems": []})),
        (&["bad-relay"], 1, json!({"status": "fails", "problems": [
            {"line": 44, "column": 1, "problem": "expected a signature of these bytes by the ed25519 signing key"},
            {"line": 45, "column": 1, "problem": "expected a signature of these bytes by the RSA identity key"},
        ]})),
        (&["--authorities", "certs", "flipped"], 1, json!({"status": "fails", "problems": [
            {"line": 69, "column": 1, "problem": "expected a signature of these bytes by the key that it names"},
            {"line": 78, "column": 1, "problem": "expected a signature of these bytes by the key that it names"},
            {"line": 87, "column": 1, "problem": "expected a signature of these bytes by the key that it names"},
            {"line": 96, "column": 1, "problem": "expected signatures of 2 authorities, got 0"},
        ]})),
    ];
    let schema: Value = serde_json::from_slice(&run(&[], &["--schema"]).stdout).unwrap();
    let known = &schema["properties"]["verified"]["properties"];
    for (words, status, expected) in cases {
        let output = run(&files, &[&["--verify"], *words].concat());
        assert_eq!(output.status.code(), Some(*status), "{words:?} {output:?}");
        let [line] = &lines(&output)[..] else {
            panic!("{words:?} {output:?}");
        };
        let mut verified = line["verified"].clone();
        if expected.get("until").is_none() {
            verified.as_object_mut().unwrap().remove("until");
        }
        assert_eq!(verified, *expected, "{words:?}");
        for key in expected.as_object().unwrap().keys() {
            assert!(known.get(key).is_some(), "{key}");
        }
        assert_eq!(complaint(&output), "", "{words:?}");
    }
}

#[test]
fn what_is_not_proved_is_drawn() {
    let bad = changed(RELAY, "\nbandwidth 1", "\nbandwidth x1");
    let output = run(&[("a", &bad)], &["--verify", "--problems", "a"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout);
    let places: Vec<_> = said.lines().filter(|line| line.starts_with("a:")).collect();
    assert_eq!(
        places,
        [
            "a:14:11: expected bandwidth-avg, a number from 1 to 2147483647",
            "a:44:1: expected a signature of these bytes by the ed25519 signing key",
            "a:45:1: expected a signature of these bytes by the RSA identity key"
        ]
    );
    let good = run(&[("a", fixture(RELAY))], &["--verify", "--problems", "a"]);
    assert_eq!((good.status.code(), good.stdout), (Some(0), Vec::new()));
}

#[test]
fn what_to_verify_by_has_to_be_there() {
    let strange = changed(
        "netdoc/key-certificate/authority-0",
        "published 2",
        "published 1",
    );
    let files = [
        ("certs", fixture(CERTS)),
        ("strange", &strange),
        ("consensus", fixture(MICRODESC_CONSENSUS)),
        ("relay", fixture(RELAY)),
    ];
    for (words, expected) in [
        (
            &["--verify", "--authorities", "relay", "consensus"][..],
            "--authorities: expected key certificates, as in cached-certs, or tor's list of authorities",
        ),
        (
            &["--verify", "--authorities", "nowhere", "consensus"],
            "--authorities: nowhere: No such file",
        ),
        (
            &["--verify", "--authorities", "strange", "consensus"],
            "--authorities: strange:36:1: expected a signature of these bytes by the dir-identity-key",
        ),
        (
            &["--verify", "--against", "consensus", "relay"],
            "--against: consensus:1:1: expected authorities to verify it by",
        ),
        (
            &["--verify", "--against", "certs", "relay"],
            "--against: expected a server descriptor, or a consensus",
        ),
        (
            &["--verify", "--at", "noon", "relay"],
            "'noon' for '--at <TIME>': expected a time: YYYY-MM-DD HH:MM:SS, or now",
        ),
        (&["--authorities", "certs", "relay"], "--verify"),
        (&["--at", "now", "relay"], "--verify"),
    ] {
        let output = run(&files, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(
            complaint(&output).contains(expected),
            "{words:?}: {}",
            complaint(&output)
        );
        assert_eq!(output.stdout, [0; 0], "{words:?}");
    }
}
