//! How long a network of full size takes to be made, beside how long it may: one table.

use std::time::{Duration, Instant};

use tor_harness_netdoc::{ConsensusDiff, Flavor};
use tor_harness_testnet::{Network, Seed};
use tor_harness_types::UtcSeconds;

const RELAYS: u64 = 8000;
const TIMES: usize = 5;

fn main() -> Result<(), String> {
    // cargo test runs benchmarks too, to see whether they build.
    if !std::env::args().any(|word| word == "--bench") {
        return Ok(());
    }
    let rows = rows();
    print(&rows);
    let missed: Vec<_> = rows.iter().filter(|row| !row.is_in_time()).collect();
    match missed.as_slice() {
        [] => Ok(()),
        missed => Err(format!(
            "{} of these took longer than they may",
            missed.len()
        )),
    }
}

/// Something that is made some times, keys included.
struct Row {
    what: &'static str,
    /// The quickest first.
    times: Vec<Duration>,
    most: Option<Duration>,
}

impl Row {
    fn new(what: &'static str, most: Option<Duration>, work: impl Fn() -> usize) -> Self {
        let time = |_| {
            let start = Instant::now();
            assert!(work() > 0);
            start.elapsed()
        };
        let mut times: Vec<_> = (0..TIMES).map(time).collect();
        times.sort_unstable();
        Self { what, times, most }
    }

    fn median(&self) -> Duration {
        self.times[TIMES / 2]
    }

    fn is_in_time(&self) -> bool {
        self.most.is_none_or(|most| self.median() < most)
    }
}

fn rows() -> [Row; 5] {
    let time = UtcSeconds::from_unix(1_795_348_800).expect("a moment of 2026");
    let network = || Network::new(Seed::new(1), 3, RELAYS, time);
    let documents = Row::new(
        "consensus with microdescriptors",
        Some(Duration::from_millis(300)),
        || {
            let network = network();
            let consensus = network.consensus(Flavor::Microdesc).encode();
            consensus.len() + network.microdescriptors().concat().len()
        },
    );
    let all = Row::new(
        "all documents, signed, with votes",
        Some(Duration::from_secs(4)),
        || {
            let mut network = network();
            network.status.with_votes = true;
            let all = network.documents();
            all.server_descriptors.concat().len() + all.votes.concat().len()
        },
    );
    let older = network();
    let newer = older.after(1);
    let hour = Row::new("the same an hour later", None, || {
        older.after(1).relays.len()
    });
    let [from, to] = [&older, &newer].map(|one| one.consensus(Flavor::Microdesc).encode());
    let diff = Row::new("diff of two consensuses of an hour", None, || {
        ConsensusDiff::between(&from, &to).map_or(0, |diff| diff.len())
    });
    let mut differing = network();
    differing.disagree(20);
    let agreed = Row::new("consensus of votes that differ", None, || {
        differing.consensus(Flavor::Microdesc).encode().len()
    });
    [documents, all, hour, diff, agreed]
}

/// Prints the rows as a table in Markdown.
#[expect(clippy::print_stdout, reason = "a benchmark tells its result")]
fn print(rows: &[Row]) {
    println!("| {RELAYS} relays | time | at most |");
    println!("|---|--:|--:|");
    for row in rows {
        let seconds = |time: Duration| format!("{:.3} s", time.as_secs_f64());
        let most = row.most.map_or_else(|| "-".into(), seconds);
        let [median, least] = [row.median(), row.times[0]].map(seconds);
        println!("| {} | {median} (least {least}) | {most} |", row.what);
    }
}
