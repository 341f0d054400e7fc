//! Proves that every change to an item of a document is reported, or harmless by its table.
//!
//! `cargo run -p tor-strategies --example mutations` makes every change to every item of the
//! documents that were recorded or written by the specification, of some that are drawn, and prints what became of them; it ends
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
const DRAWN: usize = 2;

#[cfg(not(test))]
fn main() -> std::process::ExitCode {
    let tally = tally();
    println!("{tally}\n{} broke the law", tally.broken.len());
    tally.broken.iter().for_each(|broken| println!("{broken}"));
    std::process::ExitCode::from(u8::from(!tally.broken.is_empty()))
}

fn tally() -> Tally {
    let mut tally = Tally::default();
    let recorded = tor_fixtures::all()
        .iter()
        .map(|fixture| (fixture.path, fixture.bytes));
    let written = tor_fixtures::written()
        .iter()
        .map(|written| (written.path, written.bytes));
    for (path, bytes) in recorded.chain(written) {
        let is_good = path.starts_with("netdoc/") && !path.contains("/bad/");
        for stretch in stretches(bytes).filter(|_| is_good) {
            if let Some(kind) = stretch.kind {
                tally.add(kind, &stretch.document);
            }
        }
    }
    let mut runner = TestRunner::deterministic();
    for kind in Kind::all() {
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
