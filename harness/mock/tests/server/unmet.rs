//! Reports of expectations that were not met.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tor_harness_mock::{Mock, On, Script};

use crate::wire::{ask, authenticated};

const SCRIPT: &str = r#"
[[on]]
command = "GETINFO version"
times = "2.."

[[on]]
command = "SIGNAL NEWNYM"
times = 1

[[on]]
command = "QUIT"
times = "0..1"
"#;

const REPORT: &str = "\
the script's expectations were not met
  script.toml:2:1: GETINFO version: expected 2 times or more, came 1
  script.toml:6:1: SIGNAL NEWNYM: expected 1 time, came 0
the commands that came:
  AUTHENTICATE
  GETINFO nonsense (2 times)
  GETINFO version
";

fn played() -> Mock {
    let script = Script::parse(SCRIPT, "script.toml").unwrap();
    let mock = Mock::builder().script(script).start().unwrap();
    let mut stream = authenticated(&mock);
    for command in ["GETINFO nonsense", "GETINFO nonsense"] {
        ask(
            &mut stream,
            command,
            "552 Unrecognized key \"nonsense\"\r\n",
        );
    }
    ask(&mut stream, "GETINFO version", "250 OK\r\n");
    mock
}

fn message_of(panic: Box<dyn std::any::Any + Send>) -> String {
    *panic.downcast::<String>().unwrap()
}

/// How often a command may come to rules for it, each with its `times`.
#[test]
fn counted() {
    for (rules, came, unmet) in [
        (&["0"][..], 0, &[][..]),
        (&["0"], 1, &["2:1: USEFEATURE: expected 0 times, came 1"]),
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
        let mock = Mock::builder()
            .script(Script::parse(&text, "a").unwrap())
            .start()
            .unwrap();
        let mut stream = authenticated(&mock);
        for _ in 0..came {
            ask(&mut stream, "USEFEATURE", "250 OK\r\n");
        }
        let report = mock.verify().map_err(|unmet| unmet.to_string());
        let report = report.err().unwrap_or_default();
        let lines: Vec<_> = report
            .lines()
            .filter_map(|line| line.strip_prefix("  a:"))
            .collect();
        assert_eq!(lines, unmet, "{rules:?}, {came} times\n{report}");
    }
}

#[test]
fn asked() {
    let mock = played();
    assert_eq!(mock.verify().unwrap_err().to_string(), REPORT);
    // It has been reported: dropping says nothing.
}

#[test]
fn dropped() {
    let mock = played();
    let panic = catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err();
    assert_eq!(message_of(panic), REPORT);
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
    ask(&mut stream, "GETINFO version", "250 OK\r\n");
    assert_eq!(mock.verify(), Ok(()));
}
