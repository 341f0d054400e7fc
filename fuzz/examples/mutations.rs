//! Proves that every change to an item of a document is reported, or harmless by its table.
//!
//! `cargo run -p tor-strategies --example mutations` makes every change to every item of the
//! documents that were recorded, of some that are drawn, and prints what became of them; it ends
//! with 1 if one was neither reported nor said harmless, or both.
#![cfg_attr(
    not(test),
    expect(clippy::print_stdout, reason = "the table is what it is for")
)]

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use tor_harness_netdoc::{Document, Kind, stretches};
use tor_strategies::netdoc::{self, Tally};

/// How many documents are drawn of each kind.
const DRAWN: usize = 3;

#[cfg(not(test))]
fn main() -> std::process::ExitCode {
    let tally = tally();
    println!("{tally}\n{} broke the law", tally.broken.len());
    tally.broken.iter().for_each(|broken| println!("{broken}"));
    std::process::ExitCode::from(u8::from(!tally.broken.is_empty()))
}

fn tally() -> Tally {
    let mut tally = Tally::default();
    for fixture in tor_fixtures::all() {
        let is_good = fixture.path.starts_with("netdoc/") && !fixture.path.contains("/bad/");
        for stretch in stretches(fixture.bytes).filter(|_| is_good) {
            // What is not made of items, or of few, has another law.
            let has_items = |kind: &Kind| kind.has_items() && *kind != Kind::ConsensusDiff;
            if let Some(kind) = stretch.kind.filter(has_items) {
                tally.add(kind, &stretch.document);
            }
        }
    }
    let mut runner = TestRunner::deterministic();
    for kind in netdoc::drawn_kinds() {
        let strategy = netdoc::document(kind);
        for _ in 0..DRAWN {
            let drawn = strategy.new_tree(&mut runner).expect("a document");
            tally.add(kind, &Document::new(&drawn.current().encode()));
        }
    }
    tally
}

#[test]
fn every_change_is_reported_or_harmless() {
    let tally = tally();
    let broken = tally.broken.join("\n");
    assert!(broken.is_empty(), "{tally}\n{broken}");
}
