//! How fast bytes go.

use std::time::{Duration, Instant};

/// The most that goes at once.
pub(super) const CHUNK: usize = 16 * 1024;

/// The pieces that a second's bytes are cut into.
const PIECES: u64 = 20;

/// How fast a proxy lets bytes through: at once, unless told.
///
/// Time that passes unused is lost: after a pause, or where the system wakes the proxy late, no
/// more bytes go than in any other second. So no burst is above the rate, and what goes on a busy
/// machine is less than it.
///
/// ```
/// use std::time::Duration;
/// use tor_harness_traffic::Link;
///
/// let link = Link::new()
///     .latency(Duration::from_millis(40))
///     .bytes_per_second(50_000);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "nothing is slower until a proxy is told"]
pub struct Link {
    latency: Duration,
    bytes_per_second: Option<u64>,
}

impl Link {
    /// One without latency, as fast as the system.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long each byte takes, in each direction.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// How many bytes a second go in each direction, over all connections together; 0 is
    /// taken for 1.
    pub fn bytes_per_second(mut self, bytes: u64) -> Self {
        self.bytes_per_second = Some(bytes.max(1));
        self
    }
}

/// One direction of a link.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lane {
    /// When what went last has gone.
    free: Option<Instant>,
}

/// Whether bytes may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// So many of them, now.
    Go(usize),
    /// None for so long.
    Wait(Duration),
}

impl Lane {
    /// Whether bytes that came at a time may go now; those that may are taken for gone.
    pub(super) fn pass(
        &mut self,
        link: Link,
        arrived: Instant,
        bytes: usize,
        now: Instant,
    ) -> Pass {
        let Some(due) = arrived.checked_add(link.latency) else {
            return Pass::Wait(Duration::MAX);
        };
        let wait = self
            .free
            .unwrap_or(due)
            .max(due)
            .saturating_duration_since(now);
        if !wait.is_zero() {
            return Pass::Wait(wait);
        }
        let Some(rate) = link.bytes_per_second else {
            return Pass::Go(bytes);
        };
        let piece = usize::try_from((rate / PIECES).max(1)).unwrap_or(usize::MAX);
        let bytes = bytes.min(piece);
        let nanoseconds = (bytes as u64).saturating_mul(1_000_000_000) / rate;
        self.free = now.checked_add(Duration::from_nanos(nanoseconds));
        Pass::Go(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milliseconds(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_byte_goes_when_its_time_has_come() {
        let arrived = Instant::now();
        let fast = Link::new();
        let late = Link::new().latency(milliseconds(40));
        for (link, after, expected) in [
            (fast, 0, Pass::Go(100)),
            (late, 0, Pass::Wait(milliseconds(40))),
            (late, 30, Pass::Wait(milliseconds(10))),
            (late, 40, Pass::Go(100)),
            (late, 400, Pass::Go(100)),
            (fast.latency(Duration::MAX), 400, Pass::Wait(Duration::MAX)),
            (fast.bytes_per_second(1_000), 0, Pass::Go(50)),
            (fast.bytes_per_second(0), 0, Pass::Go(1)),
            (fast.bytes_per_second(u64::MAX), 0, Pass::Go(100)),
        ] {
            let now = arrived + milliseconds(after);
            let pass = Lane::default().pass(link, arrived, 100, now);
            assert_eq!(pass, expected, "{link:?} after {after} ms");
        }
    }

    #[test]
    fn a_second_takes_a_seconds_bytes() {
        for rate in [1, 7, 1_000, 123_456] {
            let link = Link::new().bytes_per_second(rate);
            let (mut lane, started) = (Lane::default(), Instant::now());
            let (mut now, mut gone) = (started, 0);
            while now < started + milliseconds(10_000) {
                match lane.pass(link, started, CHUNK, now) {
                    Pass::Go(bytes) => gone += bytes as u64,
                    Pass::Wait(wait) => now += wait,
                }
            }
            let expected = 10 * rate;
            assert!(
                gone.abs_diff(expected) <= expected / 50 + 1,
                "{gone} at {rate}"
            );
        }
    }
}
