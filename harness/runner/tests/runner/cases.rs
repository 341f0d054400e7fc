//! What the samples should do.

use std::collections::{BTreeMap, BTreeSet};

use tor_harness_runner::env;
use tor_harness_runner::events::{Event, Note, Outcome, TestFinished};

use crate::child::{Ran, run, run_and_leave, run_with};

/// Every case: its name and what checks it.
pub(crate) fn all() -> Vec<(&'static str, fn())> {
    vec![
        ("the_command_line_selects_as_libtest_does", selection),
        ("listing_starts_nothing", listing),
        ("outcomes_reach_the_events", outcomes),
        ("outcomes_reach_the_output", output),
        ("set_up_is_counted_apart", set_up),
        ("a_requirement_of_the_suite_skips_it_all", requirement),
        ("requirements_are_asked_of_what_is_selected", requirements),
        ("a_backtrace_is_kept_if_asked_for", backtrace),
        ("without_the_variable_there_are_no_events", no_events),
        ("events_that_cannot_be_written_are_an_error", bad_events),
        ("a_name_used_twice_is_refused", twice),
        ("a_suite_ends_with_its_parent", parent),
    ]
}

/// Sample, arguments, exit status, tests that got an outcome, closing line.
type Selection = (
    &'static str,
    &'static [&'static str],
    i32,
    &'static [&'static str],
    &'static str,
);

const SELECTIONS: &[Selection] = &[
    (
        "good",
        &[],
        0,
        &["data_one", "data_two", "impossible", "passes", "possible"],
        "test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
    ),
    (
        "good",
        &["--test-threads", "1", "--nocapture"],
        0,
        &["data_one", "data_two", "impossible", "passes", "possible"],
        "test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
    ),
    (
        "good",
        &["data"],
        0,
        &["data_one", "data_two"],
        "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out",
    ),
    (
        "good",
        &["_one", "pass"],
        0,
        &["data_one", "passes"],
        "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out",
    ),
    (
        "good",
        &["--exact", "--", "passes", "data", "possible", "--list"],
        0,
        &["passes", "possible"],
        "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out",
    ),
    (
        "good",
        &["possible", "--skip", "imp", "--skip", "data"],
        0,
        &["possible"],
        "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 4 filtered out",
    ),
    (
        "good",
        &["--ignored"],
        0,
        &["impossible"],
        "test result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 4 filtered out",
    ),
    (
        "good",
        &["--include-ignored", "possible"],
        0,
        &["impossible", "possible"],
        "test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out",
    ),
    (
        "good",
        &["nothing"],
        0,
        &[],
        "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 5 filtered out",
    ),
    (
        "mixed",
        &["fails", "passes"],
        101,
        &["fails", "passes"],
        "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 6 filtered out",
    ),
];

fn selection() {
    for (sample, args, status, tests, closing) in SELECTIONS {
        let ran = run(sample, args);
        let context = format!("{sample} {args:?}\n{}{}", ran.stdout, ran.stderr);
        let expected: BTreeSet<_> = tests.iter().map(|name| (*name).to_owned()).collect();
        let finished: BTreeSet<_> = finished(&ran).into_keys().collect();
        assert_eq!(ran.status, Some(*status), "{context}");
        assert_eq!(finished, expected, "{context}");
        let last = ran.stdout.trim_end().lines().last().unwrap();
        assert!(last.starts_with(closing), "{context}");

        let events = ran.events.unwrap();
        let Some(Event::SuiteStarted(started)) = events.first() else {
            panic!("{context}{events:?}")
        };
        assert_eq!(
            (started.suite.as_str(), started.tests),
            (*sample, tests.len()),
            "{context}"
        );
        let Some(Event::SuiteFinished(ended)) = events.last() else {
            panic!("{context}{events:?}")
        };
        let total = ended.passed + ended.failed + ended.skipped;
        assert_eq!(
            (ended.suite.as_str(), total),
            (*sample, tests.len() as u64),
            "{context}"
        );
    }
}

fn listing() {
    let terse = ["--list", "--format", "terse"];
    for (sample, more, expected) in [
        (
            "good",
            &[][..],
            "passes: test\npossible: test\nimpossible: test\ndata_one: test\ndata_two: test\n",
        ),
        ("good", &["--ignored"], "impossible: test\n"),
        ("good", &["--exact", "passes"], "passes: test\n"),
        (
            "unable",
            &["--ignored"],
            "passes: test\npossible: test\nimpossible: test\ndata_one: test\ndata_two: test\n",
        ),
        ("mixed", &["--skip", "a", "--skip", "e"], ""),
    ] {
        let ran = run(sample, &[&terse[..], more].concat());
        assert_eq!(ran.stdout, expected, "{sample} {more:?}\n{}", ran.stderr);
        assert_eq!(ran.status, Some(0));
        assert!(
            ran.events.is_none(),
            "{sample} {more:?}: events although it only listed"
        );
    }
}

fn outcomes() {
    let ran = run("mixed", &[]);
    let finished = finished(&ran);
    let events = ran.events.unwrap();
    let outcome = |name: &str| {
        let test = &finished[name];
        (test.outcome, test.reason.as_deref())
    };
    assert_eq!(outcome("passes"), (Outcome::Passed, None));
    assert_eq!(outcome("prepares"), (Outcome::Passed, None));
    assert_eq!(
        outcome("resigns"),
        (Outcome::Skipped, Some("no such relay"))
    );
    assert_eq!(
        outcome("impossible"),
        (Outcome::Skipped, Some("needs tor 0.5"))
    );

    for (name, message, attachments) in [
        (
            "fails",
            &["invalid digit found in string\nat ", "sample.rs:"][..],
            &[
                ("transcript", ">> GETINFO\n<< 250 OK\n"),
                ("broken", "(panicked: no log\nat "),
            ][..],
        ),
        ("says_so", &["plainly\nat ", "sample.rs:"], &[]),
        (
            "panics",
            &["panicked: it was 7\nat ", "sample.rs:"],
            &[("log", "last words")],
        ),
        (
            "hangs",
            &["not finished after its deadline of 100ms", "in set-up"],
            &[("stuck", "here")],
        ),
    ] {
        let test = &finished[name];
        let got = test.message.as_deref().unwrap();
        assert_eq!(test.outcome, Outcome::Failed, "{name}");
        assert!(
            message.iter().all(|part| got.contains(part)),
            "{name}: {got}"
        );
        assert_eq!(
            test.attachments.len(),
            attachments.len(),
            "{name}: {test:?}"
        );
        for (attachment, (title, text)) in test.attachments.iter().zip(attachments) {
            assert_eq!(attachment.name, *title);
            assert!(attachment.text.starts_with(text), "{name}: {attachment:?}");
        }
    }

    let started: BTreeSet<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::TestStarted(test) => Some(test.name.as_str()),
            _ => None,
        })
        .collect();
    let run: BTreeSet<_> = finished
        .keys()
        .map(String::as_str)
        .filter(|name| *name != "impossible")
        .collect();
    assert_eq!(started, run);
    assert!(events.contains(&Event::Note(Note {
        suite: "mixed".to_owned(),
        name: "prepares".to_owned(),
        kind: "drift".to_owned(),
        text: "prepares noted 1".to_owned(),
    })));
}

fn output() {
    let ran = run("mixed", &["--test-threads", "1"]);
    for expected in [
        "test resigns    ... ignored (no such relay)\n",
        "test impossible ... ignored (needs tor 0.5)\n",
        "test passes     ... ok\n",
        "test hangs      ... FAILED\n",
        "\n-- transcript --\n>> GETINFO\n<< 250 OK\n",
        "test result: FAILED. 2 passed; 4 failed; 2 ignored; 0 measured; 0 filtered out; finished in",
    ] {
        assert!(
            ran.stdout.contains(expected),
            "no {expected:?} in\n{}",
            ran.stdout
        );
    }
    assert_eq!(ran.stderr, "", "panics are not printed");
    assert_eq!(ran.status, Some(101));
}

fn set_up() {
    let finished = finished(&run("mixed", &["prepares", "passes"]));
    let prepares = &finished["prepares"];
    // One inside the other counts once: twice would leave less than nothing for the body, which is
    // cut off at 0.
    assert!(prepares.setup_seconds >= 0.02, "{prepares:?}");
    assert!(prepares.seconds > 0.0, "{prepares:?}");
    assert_eq!(finished["passes"].setup_seconds, 0.0);
}

fn requirement() {
    let ran = run("unable", &[]);
    let finished = finished(&ran);
    assert_eq!(finished.len(), 5);
    for test in finished.values() {
        assert_eq!(
            (test.outcome, test.reason.as_deref()),
            (Outcome::Skipped, Some("no tor on PATH"))
        );
    }
    assert!(
        !ran.events
            .unwrap()
            .iter()
            .any(|event| matches!(event, Event::TestStarted(_)))
    );
    assert_eq!(ran.status, Some(0));
}

fn requirements() {
    const SUITE: &str = "asked: suite\nasked: suite again\n";
    for (args, asked, skipped) in [
        (
            &[][..],
            &[SUITE, "asked: first\nasked: third\n"][..],
            &[("twice", "first")][..],
        ),
        (&["--exact", "once"], &[SUITE, "asked: third\n"], &[]),
        (&["--skip", "ce"], &[SUITE], &[]),
        (&["nothing"], &[], &[]),
        (
            &["--ignored", "e"],
            &[SUITE, "asked: first\nasked: third\n"],
            &[("twice", "first")],
        ),
        (
            &["--list", "--ignored", "twice"],
            &[SUITE, "asked: first\n"],
            &[],
        ),
    ] {
        let ran = run("demanding", args);
        assert_eq!(ran.stderr, asked.concat(), "{args:?}");
        let finished = finished(&ran);
        let reasons: Vec<_> = finished
            .values()
            .filter_map(|test| Some((test.name.as_str(), test.reason.as_deref()?)))
            .collect();
        assert_eq!(reasons, skipped, "{args:?}");
    }
}

fn backtrace() {
    for (value, test_is_in, runner_is_in) in [
        ("0", false, false),
        ("1", true, false),
        ("full", true, true),
    ] {
        let ran = run_with("mixed", &["panics"], &[("RUST_BACKTRACE", value)]);
        let message = finished(&ran).remove("panics").unwrap().message.unwrap();
        let is_in = |text| message.contains(text);
        assert_eq!(
            is_in("runner::sample::mixed"),
            test_is_in,
            "{value}: {message}"
        );
        assert_eq!(
            is_in("tor_harness_runner::panics::catch"),
            runner_is_in,
            "{value}: {message}"
        );
    }
}

fn no_events() {
    let ran = run_with("good", &[], &[(env::EVENTS, "")]);
    assert_eq!((ran.status, ran.events), (Some(0), None));
}

fn bad_events() {
    let ran = run_with("good", &[], &[(env::EVENTS, "/")]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr.starts_with("error: cannot append to "),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("TOR_HARNESS_EVENTS"), "{}", ran.stderr);
}

fn twice() {
    let ran = run("twice", &["--list"]);
    assert_eq!(ran.status, Some(101));
    assert!(
        ran.stderr.contains("suite good has two tests named passes"),
        "{}",
        ran.stderr
    );
}

fn parent() {
    let ran = run_and_leave("hanging");
    assert_eq!(ran.status, Some(1));
    assert!(
        finished(&ran).is_empty(),
        "the test ended before the suite did"
    );
}

fn finished(ran: &Ran) -> BTreeMap<String, TestFinished> {
    let events = ran.events.as_deref().unwrap_or_default();
    let finished = events.iter().filter_map(|event| match event {
        Event::TestFinished(test) => Some((test.name.clone(), test.clone())),
        _ => None,
    });
    finished.collect()
}
