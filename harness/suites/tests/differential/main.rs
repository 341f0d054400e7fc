//! The same commands to a real tor and to the mock: the same bytes, after the named
//! normalisations.
//!
//! In an empty network namespace, which this program enters by itself. `cargo xtask
//! differential` plays more random scripts than the few that are played here.

use std::env;
use std::process::ExitCode;

use tor_harness::process::find_tor;
use tor_harness::runner::{Context, Suite, Test, TestResult};
use tor_harness_suites::differential::{Differential, Random, Script, not_modelled, recorded};
use tor_harness_suites::{namespace, scripts};

/// How many random scripts are played here.
const RANDOM_SCRIPTS: u64 = 40;

fn main() -> ExitCode {
    let place = namespace::enter();
    let suite = Suite::new("differential")
        .requires(move || place)
        .requires(|| find_tor().map(drop).map_err(|error| error.to_string()));
    let conversations = [
        ("auth", include_str!("../../conversations/auth.txt")),
        ("config", include_str!("../../conversations/config.txt")),
        ("events", include_str!("../../conversations/events.txt")),
        ("info", include_str!("../../conversations/info.txt")),
        ("protocol", include_str!("../../conversations/protocol.txt")),
        ("signals", include_str!("../../conversations/signals.txt")),
    ];
    let held = conversations.into_iter().flat_map(|(file, text)| {
        scripts(text).map(move |(name, script)| (format!("{file}: {name}"), script))
    });
    let recorded = recorded().map(|(path, script)| (path.to_owned(), script));
    let suite = recorded.chain(held).fold(suite, |suite, (name, script)| {
        suite.with(test(name, script))
    });
    (0..RANDOM_SCRIPTS)
        .fold(suite, |suite, number| {
            suite.test(format!("random script {number}"), move |_: &Context| {
                random(number)
            })
        })
        .main()
}

fn test(name: String, script: Script) -> Test {
    let missing = not_modelled(&script);
    Test::new(name, move |ctx: &Context| play(ctx, &script)).requires(move || match missing {
        None => Ok(()),
        Some(command) => Err(format!("the mock does not model {command} yet")),
    })
}

fn play(ctx: &Context, script: &Script) -> TestResult {
    let outcome = Differential::play(script)?;
    for name in outcome.explained {
        ctx.note("explained", name);
    }
    match outcome.difference {
        None => Ok(()),
        Some(difference) => Err(difference.into()),
    }
}

fn random(number: u64) -> TestResult {
    let seed = match env::var("TOR_HARNESS_SEED") {
        Ok(seed) => seed.parse()?,
        Err(_) => 0,
    };
    let tally = Random::new(seed).play(number)?;
    match tally.differences.into_iter().next() {
        None => Ok(()),
        Some(difference) => Err(format!("seed {seed}, script {number}\n{difference}").into()),
    }
}
