//! How the time for an input grows with its length.

use std::hint::black_box;
use std::time::Duration;

use nix::time::ClockId;

/// The ratio of the times that is too much. In step with the length is 10, with its square 100.
const LIMIT: f64 = 12.0;
/// The shorter input, in bytes: long enough for a clock, and short enough for ten times that, with
/// what is made of it, to stay in a cache.
const LENGTH: usize = 20_000;
/// Others on the machine disturb a try, by caches if not by time; hardly ever all of them.
const TRIES: usize = 20;
/// How often so many tries may be added to those that say too much.
const ROUNDS: usize = 3;
/// What a try takes, at least: much longer than to read the clock, and seldom interrupted.
const TRY: Duration = Duration::from_micros(500);

/// The times for an input and for one of ten times its length.
///
/// A disturbance only ever adds to a time. So the least of each is the truest; the least ratio is
/// not, which is that of a short input disturbed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Growth {
    short: Duration,
    long: Duration,
}

impl Growth {
    /// Measures the time to read the input that `bytes` gives for a length.
    pub(crate) fn measure(read: fn(&[u8]), bytes: impl Fn(usize) -> Vec<u8>) -> Self {
        let inputs = [LENGTH, 10 * LENGTH].map(bytes);
        let mut tries = Vec::new();
        loop {
            for _ in 0..TRIES {
                tries.push(inputs.each_ref().map(|bytes| time(read, bytes)));
            }
            let growth = Self::of(&tries);
            if growth.is_linear() || tries.len() == ROUNDS * TRIES {
                return growth;
            }
        }
    }

    /// The least of both times in tries, each a short time with a long one.
    fn of(tries: &[[Duration; 2]]) -> Self {
        let most = Self {
            short: Duration::MAX,
            long: Duration::MAX,
        };
        tries.iter().fold(most, |least, [short, long]| Self {
            short: least.short.min(*short),
            long: least.long.min(*long),
        })
    }

    /// How many times the short one's time the long one takes.
    pub(crate) fn ratio(self) -> f64 {
        self.long.as_secs_f64() / self.short.as_secs_f64()
    }

    /// Whether it takes a time in step with its length.
    pub(crate) fn is_linear(self) -> bool {
        self.ratio() <= LIMIT
    }

    /// The nanoseconds for a byte, in the short one and in the long one.
    pub(crate) fn per_byte(self) -> [f64; 2] {
        [(self.short, LENGTH), (self.long, 10 * LENGTH)]
            .map(|(time, length)| time.as_secs_f64() * 1e9 / length as f64)
    }
}

/// How long reading once takes, on average over a try.
fn time(read: fn(&[u8]), bytes: &[u8]) -> Duration {
    let mut times = 0;
    let start = processor_time();
    loop {
        read(black_box(bytes));
        times += 1;
        let all = processor_time() - start;
        if all > TRY {
            return all / times;
        }
    }
}

/// What this thread had of a processor: nothing while others have it.
fn processor_time() -> Duration {
    let time = ClockId::CLOCK_THREAD_CPUTIME_ID.now();
    time.expect("every thread has this clock").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing is measured here: the tries are given.
    #[test]
    fn a_disturbed_try_decides_nothing() {
        for (tries, ratio, linear) in [
            (&[[10, 100], [10, 100]][..], 10.0, true),
            (&[[10, 1000], [10, 1000]], 100.0, false),
            // The least ratio is 10, of a short input that was disturbed.
            (&[[10, 1000], [100, 1000], [10, 1001]], 100.0, false),
            (&[[100, 1000], [10, 3000]], 100.0, false),
            (&[[10, 900], [40, 100], [10, 700]], 10.0, true),
        ] {
            let tries: Vec<_> = tries
                .iter()
                .map(|times| times.map(Duration::from_micros))
                .collect();
            let growth = Growth::of(&tries);
            assert_eq!((growth.ratio(), growth.is_linear()), (ratio, linear));
        }
    }
}
