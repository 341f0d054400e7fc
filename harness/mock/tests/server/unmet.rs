//! Reports of expectations that were not met.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tor_harness_mock::{Mock, On, Script};

use crate::wire::{ask, authenticated};

const SCRIPT: &str = r#"
[[on]]
command = "GETINFO uptime"
times = "2.."

[[on]]
command = "SIGNAL NEWNYM"
times = 1

[[on]]
command = "QUIT"
times = "0..1"
"#;

/// A mock in memory to which this was sent, after authentication.
fn sent(script: &str, lines: &[&str]) -> Mock {
    let script = Script::parse(script, "script.toml").unwrap();
    let mock = Mock::builder().script(script).in_memory().unwrap();
    let mut connection = mock.connect();
    for line in ["AUTHENTICATE"].iter().chain(lines) {
        write!(connection, "{line}\r\n").unwrap();
    }
    mock
}

fn played() -> Mock {
    sent(
        SCRIPT,
        &["GETINFO nonsense", "GETINFO nonsense", "GETINFO uptime"],
    )
}

fn message_of(panic: Box<dyn std::any::Any + Send>) -> String {
    *panic.downcast::<String>().unwrap()
}

/// How often a command may come to rules for it, each with its `times`.
#[test]
fn counted() {
    for (rules, came, unmet) in [
        (&["0"][..], 0, &[][..]),
        (&["0"], 1, &["2:1: USEFEATURE: expected never, came 1"]),
        (&["1"], 0, &["2:1: USEFEATURE: expected 1 time, came 0"]),
        (&["1"], 1, &[]),
        (&["1"], 2, &["2:1: USEFEATURE: expected 1 time, came 2"]),
        (
            &["1..3"],
            4,
            &["2:1: USEFEATURE: expected 1 to 3 times, came 4"],
        ),
        (&["1.."], 4, &[]),
        // A later rule takes what is too much for the first.
        (&["1", "0.."], 4, &[]),
        (&["1", "2"], 3, &[]),
        (
            &["1", "2"],
            5,
            &["5:1: USEFEATURE: expected 2 times, came 4"],
        ),
    ] {
        let rule = |times| format!("\n[[on]]\ncommand = \"USEFEATURE\"\ntimes = \"{times}\"");
        let text: String = rules.iter().map(rule).collect();
        let mock = sent(&text, &vec!["USEFEATURE"; came]);
        let report = mock.verify().map_err(|unmet| unmet.to_string());
        let report = report.err().unwrap_or_default();
        let lines: Vec<_> = report
            .lines()
            .filter_map(|line| line.strip_prefix("  script.toml:"))
            .collect();
        assert_eq!(lines, unmet, "{rules:?}, {came} times\n{report}");
    }
}

#[test]
fn asked() {
    let mock = played();
    let report = mock.verify().unwrap_err().to_string();
    insta::assert_snapshot!("unmet_asked", report);
    // It has been reported: dropping says nothing.
}

#[test]
fn dropped() {
    let mock = played();
    let report = mock.report().to_string();
    let panic = catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err();
    assert_eq!(message_of(panic), report);
}

#[test]
fn dropped_with_sockets() {
    let script = Script::new().on(On::command("GETINFO version").times(1));
    let mock = Mock::builder().script(script).start().unwrap();
    let panic = catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err();
    let report = message_of(panic);
    assert!(report.ends_with("no command came\n"), "{report}");
}

#[test]
fn silent_while_another_panic_goes_on() {
    let panic = catch_unwind(|| {
        let _mock = played();
        panic!("{}", "the test's own".to_owned());
    });
    assert_eq!(message_of(panic.unwrap_err()), "the test's own");
}

#[test]
fn content_when_everything_came() {
    let line = line!() + 1;
    let rule = On::command("GETINFO version").times(1);
    let mock = Mock::builder()
        .script(Script::new().on(rule))
        .start()
        .unwrap();
    let report = mock.verify().unwrap_err().to_string();
    let first = format!("{}:{line}:", file!());
    assert!(report.contains(&first), "{report}");
    assert!(report.ends_with("no command came\n"), "{report}");
    let mut stream = authenticated(&mock);
    ask(&mut stream, "GETINFO version", "250-version=");
    assert_eq!(mock.verify(), Ok(()));
}

/// What reports say of conversations; the snapshots are named so.
#[test]
fn reports() {
    let uptime = "[[on]]\ncommand = \"GETINFO uptime\"\ntimes = 1\n";
    let strict = format!("strict = true\n{uptime}");
    for (name, script, lines) in [
        ("clean", uptime, &["GETINFO uptime"][..]),
        // Nobody knows these: told in any case, and fatal where it is strict.
        ("unexpected", uptime, &["GETINFO uptime", "GETINF uptime"]),
        (
            "unexpected_strict",
            &strict,
            &["GETINFO uptime", "GETINF x"],
        ),
        (
            "known_strict",
            &strict,
            &["GETINFO nonsense", "GETINFO uptime"],
        ),
        (
            "nearest_by_condition",
            "[[on]]\ncommand = \"SETCONF *\"\nsets = \"SocksPort=9050\"\nstate = \"start\"\ntimes = 1\n\
             [[on]]\ncommand = \"GETINFO uptime\"\nconnection = 2\ntimes = 1\n\
             [[on]]\ncommand = \"SIGNAL NEWNYM\"\nstate = \"later\"\ntimes = 1\n\
             [[on]]\nasks = \"uptime\"\nline = \"version\"\ntimes = 1\n\
             [[on]]\ncommand = \"SIGNAL HUP\"\nbecomes = \"later\"\n",
            &["SETCONF SocksPort=1", "GETINFO uptime", "SIGNAL NEWNYM"],
        ),
        (
            "order",
            "in_order = true\n[[on]]\ncommand = \"USEFEATURE\"\n[[on]]\ncommand = \"GETINFO uptime\"\n",
            &["GETINFO uptime", "USEFEATURE", "GETINFO uptime"],
        ),
        // The second of the same has not been near: the first was for the first.
        (
            "the_same_twice",
            "in_order = true\n[[on]]\ncommand = \"USEFEATURE\"\n[[on]]\ncommand = \"GETINFO uptime\"\n\
             [[on]]\ncommand = \"USEFEATURE\"\n",
            &["USEFEATURE"],
        ),
        // The first takes all that the second would.
        (
            "in_the_shade",
            "[[on]]\ncommand = \"GETINFO *\"\n[[on]]\ncommand = \"GETINFO uptime\"\ntimes = 1\n",
            &["GETINFO uptime"],
        ),
        (
            "too_often",
            "whole = true\n[[on]]\ncommand = \"AUTHENTICATE\"\n[[on]]\ncommand = \"USEFEATURE\"\n",
            &["USEFEATURE", "USEFEATURE"],
        ),
        (
            "client",
            "strict_client = true\n",
            &[
                "GETINFO uptime\nUSEFEATURE",
                "",
                " x",
                "AUTHENTICATE hunter2",
            ],
        ),
    ] {
        let mock = sent(script, lines);
        // So that dropping it says nothing.
        let verdict = mock.verify();
        let report = mock.report();
        assert_eq!(verdict.is_ok(), report.is_met());
        insta::assert_snapshot!(format!("report_{name}"), report.to_string());
    }
}

/// The report is bounded whatever comes, and so is the time that it takes.
#[test]
fn many() {
    let lines = vec!["GETINF \"\n"; 1000];
    let mock = sent("strict = true\nstrict_client = true\n", &lines);
    let report = mock.verify().unwrap_err();
    assert_eq!(report.report().unexpected().count(), 100);
    assert_eq!(report.report().client_faults().len(), 100);
    let text = report.to_string();
    assert!(text.contains("  ... 1900 more\n"), "{text}");
}
