//! How long a network takes to be made: `cargo run --release -p tor-harness-testnet --example speed`.
#![expect(clippy::print_stdout, reason = "this is what it is for")]

use std::time::Instant;

use tor_harness_netdoc::{ConsensusDiff, Flavor};
use tor_harness_testnet::{Network, Seed};
use tor_harness_types::UtcSeconds;

const RELAYS: u64 = 8000;
const TIMES: usize = 5;

fn main() {
    let time = UtcSeconds::from_unix(1_795_348_800).expect("a moment of 2026");
    let network = || Network::new(Seed::new(1), 3, RELAYS, time);
    measure("consensus and microdescriptors", || {
        let network = network();
        let consensus = network.consensus(Flavor::Microdesc).encode();
        consensus.len() + network.microdescriptors().concat().len()
    });
    measure("all documents, signed", || {
        let mut network = network();
        network.status.with_votes = true;
        let all = network.documents();
        all.server_descriptors.concat().len() + all.votes.concat().len()
    });

    let older = network();
    measure("an hour", || older.after(1).relays.len());
    let newer = older.after(1);
    let [from, to] = [&older, &newer].map(|one| one.consensus(Flavor::Microdesc).encode());
    measure("diff of an hour", || {
        ConsensusDiff::between(&from, &to).map_or(0, |diff| diff.len())
    });
    let mut differing = network();
    differing.disagree(20);
    measure("consensus of votes that differ", || {
        differing.consensus(Flavor::Microdesc).encode().len()
    });
}

/// Runs something some times, keys included, and says the least and the median of it.
fn measure(name: &str, work: impl Fn() -> usize) {
    let mut seconds: Vec<f64> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            assert!(work() > 0);
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let (least, median) = (seconds[0], seconds[TIMES / 2]);
    println!("{RELAYS} relays, {name}: {least:.3} s at least, {median:.3} s in the median");
}
