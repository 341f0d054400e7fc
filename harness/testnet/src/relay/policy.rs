//! To which ports a relay exits.

use core::ops::RangeInclusive;

/// The ports that a relay exits to, at any address.
///
/// ```
/// use tor_harness_testnet::ExitPolicy;
///
/// let web = ExitPolicy::ports([80..=80, 443..=444]);
/// assert_eq!(web.summary(), "accept 80,443-444");
/// assert_eq!(web.lines(), [("accept", "*:80".to_owned()), ("accept", "*:443-444".into()), ("reject", "*:*".into())]);
/// assert_eq!(ExitPolicy::none().summary(), "reject 1-65535");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExitPolicy(Vec<RangeInclusive<u16>>);

impl ExitPolicy {
    /// To none: the relay is no exit.
    #[must_use]
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// To all.
    #[must_use]
    pub fn all() -> Self {
        Self::ports([1..=u16::MAX])
    }

    /// To these, which should be in order.
    #[must_use]
    pub fn ports(ports: impl IntoIterator<Item = RangeInclusive<u16>>) -> Self {
        Self(ports.into_iter().collect())
    }

    /// Whether the relay is no exit.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// As authorities sum it up: `accept 80,443`.
    #[must_use]
    pub fn summary(&self) -> String {
        match self.0.as_slice() {
            [] => "reject 1-65535".into(),
            ports => {
                let ports: Vec<_> = ports.iter().map(range).collect();
                format!("accept {}", ports.join(","))
            }
        }
    }

    /// The lines of a server descriptor: keyword, text.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines: Vec<_> = self
            .0
            .iter()
            .map(|ports| ("accept", pattern(ports)))
            .collect();
        if self.0 != [1..=u16::MAX] {
            lines.push(("reject", "*:*".into()));
        }
        lines
    }
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
