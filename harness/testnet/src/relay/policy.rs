//! To which ports a relay exits.

use core::ops::RangeInclusive;

/// The ports that a relay exits to, at any address but those that are named.
///
/// ```
/// use tor_harness_testnet::ExitPolicy;
///
/// let web = ExitPolicy::ports([80..=80, 443..=444]).rejecting("192.0.2.0/24:*");
/// assert_eq!(web.summary(), "accept 80,443-444");
/// let lines = web.lines().into_iter().map(|(keyword, text)| format!("{keyword} {text}"));
/// assert_eq!(
///     lines.collect::<Vec<_>>(),
///     ["reject 192.0.2.0/24:*", "accept *:80", "accept *:443-444", "reject *:*"],
/// );
/// assert_eq!(ExitPolicy::none().summary(), "reject 1-65535");
/// assert_eq!(ExitPolicy::ports([1..=24, 26..=65535]).summary(), "reject 25");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExitPolicy {
    /// Lines about some addresses, which come first.
    addresses: Vec<(&'static str, String)>,
    ports: Vec<RangeInclusive<u16>>,
}

/// So long are the ports of a summary that has 1,000 characters with `accept `.
const MOST_LISTED: usize = 993;

impl ExitPolicy {
    /// To none: the relay is no exit.
    #[must_use]
    pub fn none() -> Self {
        Self::ports([])
    }

    /// To all.
    #[must_use]
    pub fn all() -> Self {
        Self::ports([1..=u16::MAX])
    }

    /// To these, in any order; port 0 is none.
    #[must_use]
    pub fn ports(ports: impl IntoIterator<Item = RangeInclusive<u16>>) -> Self {
        Self {
            addresses: Vec::new(),
            ports: merged(ports),
        }
    }

    /// The same, but for some addresses to which the relay exits: `192.0.2.0/24:80`. Of what is
    /// said of the same address, the first counts.
    ///
    /// The summary is that of most addresses: it says nothing of these, which should be less than
    /// a /7.
    #[must_use]
    pub fn accepting(mut self, addresses: &str) -> Self {
        self.addresses.push(("accept", addresses.into()));
        self
    }

    /// The same, but for some addresses to which it does not exit, as [`ExitPolicy::accepting`]
    /// does it.
    #[must_use]
    pub fn rejecting(mut self, addresses: &str) -> Self {
        self.addresses.push(("reject", addresses.into()));
        self
    }

    /// Whether the relay is no exit.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.ports.is_empty()
    }

    /// As authorities sum it up, in the shorter way (dir-spec section 3.8.2): `accept 80,443`. Of
    /// what is longer than 1,000 characters in both ways it says the first ports that are accepted.
    #[must_use]
    pub fn summary(&self) -> String {
        let accepted = list(&self.ports);
        let rejected = list(&others(&self.ports));
        let is_accept =
            rejected.is_empty() || !accepted.is_empty() && accepted.len() <= rejected.len();
        match is_accept || rejected.len() > MOST_LISTED {
            true => format!("accept {}", shortened(&accepted)),
            false => format!("reject {rejected}"),
        }
    }

    /// The lines of a server descriptor: keyword, text.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = self.addresses.clone();
        lines.extend(self.ports.iter().map(|ports| ("accept", pattern(ports))));
        if self.ports != [1..=u16::MAX] {
            lines.push(("reject", "*:*".into()));
        }
        lines
    }
}

/// The same ports in order, with others between the ranges.
fn merged(ports: impl IntoIterator<Item = RangeInclusive<u16>>) -> Vec<RangeInclusive<u16>> {
    let ports = ports.into_iter();
    let ranges = ports.map(|range| (*range.start()).max(1)..=*range.end());
    let mut ranges: Vec<_> = ranges.filter(|range| !range.is_empty()).collect();
    ranges.sort_unstable_by_key(|range| *range.start());
    let mut all: Vec<RangeInclusive<u16>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if *range.start() <= last.end().saturating_add(1) => {
                *last = *last.start()..=*last.end().max(range.end());
            }
            _ => all.push(range),
        }
    }
    all
}

/// As many of the ports in a list as fit into a summary.
fn shortened(list: &str) -> &str {
    match list.get(..=MOST_LISTED) {
        None => list,
        Some(start) => start.rsplit_once(',').map_or(start, |(first, _)| first),
    }
}

/// The ports before, between and behind these.
fn others(ports: &[RangeInclusive<u16>]) -> Vec<RangeInclusive<u16>> {
    let starts = ports.iter().map(|range| range.end().checked_add(1));
    let ends = ports.iter().map(|range| range.start().saturating_sub(1));
    let gaps = [Some(1)]
        .into_iter()
        .chain(starts)
        .zip(ends.chain([u16::MAX]));
    gaps.filter_map(|(start, end)| Some(start?..=end))
        .filter(|gap| !gap.is_empty())
        .collect()
}

fn list(ports: &[RangeInclusive<u16>]) -> String {
    let ranges: Vec<_> = ports.iter().map(range).collect();
    ranges.join(",")
}

fn pattern(ports: &RangeInclusive<u16>) -> String {
    match *ports == (1..=u16::MAX) {
        true => "*:*".into(),
        false => format!("*:{}", range(ports)),
    }
}

fn range(ports: &RangeInclusive<u16>) -> String {
    match ports.start() == ports.end() {
        true => ports.start().to_string(),
        false => format!("{}-{}", ports.start(), ports.end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_the_shorter_one() {
        let nothing = RangeInclusive::new(9, 8);
        for (ports, expected) in [
            (vec![], "reject 1-65535"),
            (vec![1..=65535], "accept 1-65535"),
            (vec![80..=80], "accept 80"),
            (vec![1..=24, 26..=65535], "reject 25"),
            (vec![2..=65535], "reject 1"),
            (vec![1..=65534], "reject 65535"),
            (vec![1..=9, 11..=65534], "reject 10,65535"),
            (vec![1..=60000], "accept 1-60000"),
            (vec![10000..=65535], "reject 1-9999"),
            // Ranges that touch are one, in any order; of those without a port nothing is said.
            (vec![1..=100, 101..=65535], "accept 1-65535"),
            (vec![443..=443, 80..=80, 81..=88], "accept 80-88,443"),
            (vec![80..=90, 85..=86, 85..=99], "accept 80-99"),
            (vec![0..=80, 0..=0, nothing.clone()], "accept 1-80"),
            (vec![nothing], "reject 1-65535"),
        ] {
            assert_eq!(
                ExitPolicy::ports(ports.clone()).summary(),
                expected,
                "{ports:?}"
            );
        }
    }

    #[test]
    fn a_summary_has_1000_characters_at_most() {
        // Each second port: what is rejected is as long.
        for (start, step, last) in [(10_000, 2, "10328"), (1, 2, "523")] {
            let ports = (start..=u16::MAX).step_by(step).map(|port| port..=port);
            let summary = ExitPolicy::ports(ports).summary();
            assert!(
                summary.starts_with(&format!("accept {start},")),
                "{summary}"
            );
            assert_eq!(summary.rsplit(',').next(), Some(last));
            assert!(summary.len() <= 1000, "{summary}");
        }
    }
}
