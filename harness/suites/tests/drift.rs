//! What tor offers, next to what is known here: differences are reported,
//! never a failure.

use std::collections::BTreeSet;
use std::process::ExitCode;

use tor_harness::control::command::Signal;
use tor_harness::control::event::EventCode;
use tor_harness::prelude::*;
use tor_harness_suites::{shared, suite};

fn main() -> ExitCode {
    suite("drift")
        .test("events", |ctx| {
            let known = EventCode::KNOWN
                .iter()
                .map(|event| event.to_string())
                .collect();
            offered(ctx, "events/names", "event", &known, words)
        })
        .test("signals", |ctx| {
            let known = Signal::KNOWN
                .iter()
                .map(|signal| signal.to_string())
                .collect();
            offered(ctx, "signal/names", "signal", &known, words)
        })
        .test("keys of GETINFO", |ctx| {
            recorded(ctx, "info/names", "GETINFO key")
        })
        .test("options", |ctx| recorded(ctx, "config/names", "option"))
        .main()
}

/// What a key lists now, next to what it listed when it was recorded.
fn recorded(ctx: &Context, key: &'static str, what: &str) -> TestResult {
    let path = format!("control/getinfo/{}", key.replace('/', "-"));
    let fixture =
        tor_harness::fixtures::find(&path).ok_or_else(|| format!("no recording {path}"))?;
    let text = String::from_utf8_lossy(fixture.bytes);
    let known = text
        .lines()
        .filter_map(first_word)
        .map(str::to_owned)
        .collect();
    offered(ctx, key, what, &known, |value| {
        value
            .lines()
            .filter_map(first_word)
            .map(str::to_owned)
            .collect()
    })
}

fn offered(
    ctx: &Context,
    key: &str,
    what: &str,
    known: &BTreeSet<String>,
    split: impl Fn(&str) -> BTreeSet<String>,
) -> TestResult {
    let value = shared(ctx)?.client()?.get_info(key)?;
    let offered = split(&value);
    if offered.is_empty() {
        return Err(format!("{key} lists nothing").into());
    }
    for new in offered.difference(known) {
        ctx.note(
            "drift",
            format!("tor offers the {what} {new}, which is not known here"),
        );
    }
    Ok(())
}

fn words(value: &str) -> BTreeSet<String> {
    value.split_whitespace().map(str::to_owned).collect()
}

fn first_word(line: &str) -> Option<&str> {
    line.split_whitespace().next()
}
