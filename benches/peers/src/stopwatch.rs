//! Times of several readers, taken by turns.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tor_harness_benches::Load;

/// How long it took to read a load, or why it could not be read.
pub(crate) type Measured = Result<Duration>;

/// What a reader says of a load: the time of one reading of all of it.
pub(crate) type Reader<'r> = &'r mut dyn FnMut(&Load) -> Measured;

/// The median time each reader takes for a load, by turns, so that a busy machine
/// is so for all; the first turn warms up.
pub(crate) fn by_turns(rounds: usize, load: &Load, readers: &mut [Reader<'_>]) -> Vec<Measured> {
    let mut times: Vec<Result<Vec<Duration>>> = readers.iter().map(|_| Ok(Vec::new())).collect();
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
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    times.into_iter().map(|times| times.map(median)).collect()
}

/// The same for so many readers.
pub(crate) fn side_by_side<const N: usize>(
    rounds: usize,
    load: &Load,
    mut readers: [Reader<'_>; N],
) -> [Measured; N] {
    let times = by_turns(rounds, load, &mut readers).try_into();
    times.expect("a time for each reader")
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
