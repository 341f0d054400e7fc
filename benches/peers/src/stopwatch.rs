//! Times of several readers, taken by turns.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tor_harness_benches::Load;

use crate::Reader;

/// How long it took to read a load, or why it could not be read.
pub(crate) type Measured = Result<Duration>;

/// The median time a reader takes for a load, by turns, so that a busy machine
/// is so for all; the first turn warms up.
pub(crate) fn side_by_side<const N: usize>(
    rounds: usize,
    load: &Load,
    mut readers: [Reader<'_>; N],
) -> [Measured; N] {
    let mut times: [Result<Vec<Duration>>; N] = std::array::from_fn(|_| Ok(Vec::new()));
    for round in 0..=rounds {
        for (reader, times) in readers.iter_mut().zip(&mut times) {
            let Ok(so_far) = times else { continue };
            match reader(load) {
                Ok(time) if round > 0 => so_far.push(time),
                Ok(_) => {}
                Err(error) => *times = Err(error),
            }
        }
    }
    times.map(|times| {
        let mut times = times?;
        times.sort_unstable();
        Ok(times[times.len() / 2])
    })
}

/// How long `read` takes, which gives the number of messages it found.
pub(crate) fn time(load: &Load, read: impl FnOnce() -> Result<usize>) -> Measured {
    let started = Instant::now();
    let messages = read()?;
    let time = started.elapsed();
    ensure!(
        messages == load.messages,
        "found {messages} of {} messages",
        load.messages
    );
    Ok(time)
}
