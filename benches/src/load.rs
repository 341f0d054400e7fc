//! Messages that are read for the time it takes.

use std::ops::RangeInclusive;

use tor_fixtures::{Fixture, Kind};

use crate::router_statuses;

/// How long an event is that is taken, in bytes.
const EVENT: RangeInclusive<usize> = 120..=200;
/// How long a reply is that is taken, in bytes.
const REPLY: RangeInclusive<usize> = 120..=335;

/// Whole messages, one after the other.
#[derive(Clone, Debug)]
pub struct Load {
    /// What the messages are.
    pub name: &'static str,
    /// The messages as tor sends them.
    pub bytes: Vec<u8>,
    /// How many there are.
    pub messages: usize,
}

impl Load {
    /// Every recorded event of 120 to 200 bytes, in the order of their paths.
    #[must_use]
    pub fn events() -> Self {
        Self::recorded("events", Kind::Event, EVENT, "")
    }

    /// Every recorded reply of 120 to 335 bytes that says no error, in the order
    /// of their paths.
    #[must_use]
    pub fn replies() -> Self {
        Self::recorded("replies", Kind::Reply, REPLY, "")
    }

    /// [`Load::replies`] without the one of this path.
    #[must_use]
    pub fn replies_but(path: &str) -> Self {
        let load = Self::recorded("replies but one", Kind::Reply, REPLY, path);
        assert_ne!(load.messages, Self::replies().messages, "no reply {path}");
        load
    }

    /// One reply to `GETINFO ns/all` of 2.4 MB: made, since a recorded one would
    /// be of the public network.
    #[must_use]
    pub fn router_statuses() -> Self {
        Self {
            name: "GETINFO ns/all",
            bytes: router_statuses::reply(),
            messages: 1,
        }
    }

    /// The same messages again and again.
    #[must_use]
    pub fn repeat(self, times: usize) -> Self {
        Self {
            name: self.name,
            bytes: self.bytes.repeat(times),
            messages: self.messages * times,
        }
    }

    fn recorded(name: &'static str, kind: Kind, sizes: RangeInclusive<usize>, but: &str) -> Self {
        let fits = |fixture: &&Fixture| {
            fixture.kind == kind
                && fixture.path != but
                && sizes.contains(&fixture.bytes.len())
                && fixture
                    .bytes
                    .starts_with(if kind == Kind::Event { b"6" } else { b"2" })
        };
        let fixtures: Vec<_> = tor_fixtures::all().iter().filter(fits).collect();
        Self {
            name,
            bytes: fixtures.iter().flat_map(|f| f.bytes).copied().collect(),
            messages: fixtures.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use tor_harness_control::Decoder;

    use super::*;

    #[test]
    fn each_is_what_it_says() {
        for (load, mean) in [
            (Load::events(), 150..180),
            (Load::replies(), 200..270),
            (
                Load::replies_but("control/reply/getinfo-mappings"),
                200..270,
            ),
            (Load::events().repeat(3), 150..180),
            (Load::router_statuses(), 2_350_000..2_450_000),
        ] {
            let mut decoder = Decoder::new();
            decoder.push(&load.bytes);
            let mut found = 0;
            while let Ok(Some(_)) = decoder.next() {
                found += 1;
            }
            assert_eq!(found, load.messages, "{}", load.name);
            let bytes = load.bytes.len() / found;
            assert!(mean.contains(&bytes), "{}: {bytes}", load.name);
        }
    }
}
