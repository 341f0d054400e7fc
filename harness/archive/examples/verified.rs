//! How much faster verifying is on several cores: `verified [MB]`, 60 MB of server
//! descriptors unless told.

use std::env;
use std::io::{self, Cursor, Write};
use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

use tor_harness_archive::{Archive, Evidence, Verdict};

/// How often each is measured, by turns; the best counts.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let megabytes: usize = env::args().nth(1).map_or(Ok(60), |words| words.parse())?;
    let one = tor_fixtures::find("netdoc/server-descriptor/relay").ok_or("no fixture")?;
    let count = megabytes * 1_000_000 / one.bytes.len();
    let text: &'static [u8] = one.bytes.repeat(count).leak();
    let all = thread::available_parallelism()?;
    let threads = [NonZero::<usize>::MIN, all];
    let mut best = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        for (best, threads) in best.iter_mut().zip(threads) {
            let start = Instant::now();
            let archive = Archive::reader("a", Cursor::new(text)).threads(threads);
            let said = archive.map_verified(Evidence::default(), |_, verdict| {
                matches!(verdict, Verdict::Holds(_))
            });
            let good = said.flatten().filter(|holds| *holds).count();
            assert_eq!(good, count);
            *best = start.elapsed().min(*best);
        }
    }
    let [one, several] = best.map(|time| time.as_secs_f64());
    writeln!(
        io::stdout(),
        "{count} server descriptors: one core {:.1} us each, {all} cores {:.1} us each, {:.2} times as fast",
        one * 1e6 / count as f64,
        several * 1e6 / count as f64,
        one / several,
    )?;
    Ok(())
}
