//! The same commands to a real tor and to the mock: the same bytes, after the named
//! normalisations.
//!
//! In an empty network namespace, which this program enters by itself. `cargo xtask
//! differential` plays more random scripts than the few that are played here.

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use tor_harness::process::find_tor;
use tor_harness::runner::{Context, Suite, TestResult};
use tor_harness_suites::differential::{Random, Script, Stock, recorded, table};
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
    let scripts: Vec<_> = recorded.chain(held).collect();
    let exchanges: usize = scripts.iter().map(|(_, script)| script.exchanges()).sum();
    let stock = Arc::new(Stock::default());
    let suite = scripts
        .into_iter()
        .fold(suite, |suite, (name, script)| {
            let stock = Arc::clone(&stock);
            suite.test(name, move |ctx: &Context| play(ctx, &stock, &script))
        })
        .test("they are enough", move |ctx: &Context| {
            ctx.note("exchanges", exchanges.to_string());
            match exchanges {
                400.. => Ok(()),
                _ => Err(format!("expected 400 recorded exchanges, got {exchanges}").into()),
            }
        })
        .test("the docs list every explained difference", |_: &Context| {
            table_is_current()
        });
    (0..RANDOM_SCRIPTS)
        .fold(suite, |suite, number| {
            suite.test(format!("random script {number}"), move |_: &Context| {
                random(number)
            })
        })
        .main()
}

fn table_is_current() -> TestResult {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mock/DIFFERENCES.md");
    if env::var_os("TOR_HARNESS_WRITE").is_some() {
        fs::write(&path, table())?;
    }
    match fs::read_to_string(&path)? == table() {
        true => Ok(()),
        false => Err(
            "harness/mock/DIFFERENCES.md is not what the code says: TOR_HARNESS_WRITE=1 writes it"
                .into(),
        ),
    }
}

fn play(ctx: &Context, stock: &Stock, script: &Script) -> TestResult {
    let outcome = stock.play(script)?;
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
