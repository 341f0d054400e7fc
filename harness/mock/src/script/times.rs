//! How often something is expected.

use std::fmt;
use std::ops::{RangeFrom, RangeInclusive};
use std::str::FromStr;

/// How often a command is expected, neither less often nor more: `2`, `1..`
/// (once or more), `1..3` (one to three times, in Rust `1..=3`), `0` (never).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Times {
    pub(super) least: u32,
    pub(super) most: Option<u32>,
}

impl Times {
    /// Any number of times.
    pub const ANY: Self = Self {
        least: 0,
        most: None,
    };

    /// Whether this is a number of times that is expected.
    pub(super) fn contains(self, times: u32) -> bool {
        self.least <= times && self.most.is_none_or(|most| times <= most)
    }

    /// Refuses times that nothing can meet.
    pub(super) fn check(self) -> Result<(), TimesError> {
        match self.most.filter(|most| *most < self.least) {
            None => Ok(()),
            Some(most) => Err(TimesError(format!("{}..{most}", self.least))),
        }
    }
}

impl From<u32> for Times {
    fn from(times: u32) -> Self {
        Self {
            least: times,
            most: Some(times),
        }
    }
}

impl From<RangeFrom<u32>> for Times {
    fn from(range: RangeFrom<u32>) -> Self {
        Self {
            least: range.start,
            most: None,
        }
    }
}

impl From<RangeInclusive<u32>> for Times {
    fn from(range: RangeInclusive<u32>) -> Self {
        Self {
            least: *range.start(),
            most: Some(*range.end()),
        }
    }
}

impl FromStr for Times {
    type Err = TimesError;

    fn from_str(text: &str) -> Result<Self, TimesError> {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let times = match text.split_once("..") {
            None => number(text).map(Self::from),
            Some((least, "")) => number(least).map(|least| Self::from(least..)),
            Some((least, most)) => number(least)
                .zip(number(most))
                .map(|(least, most)| Self::from(least..=most)),
        };
        times
            .filter(|times| times.check().is_ok())
            .ok_or_else(|| TimesError(text.to_owned()))
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: u32| if n == 1 { "" } else { "s" };
        match (self.least, self.most) {
            (0, Some(0)) => f.write_str("never"),
            (least, Some(most)) if least == most => write!(f, "{least} time{}", plural(least)),
            (least, Some(most)) => write!(f, "{least} to {most} times"),
            (0, None) => f.write_str("any number of times"),
            (least, None) => write!(f, "{least} time{} or more", plural(least)),
        }
    }
}

/// A text that is no [`Times`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimesError(String);

impl fmt::Display for TimesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a number of times (as 2, \"1..\" or \"1..3\"), got {:?}",
            self.0
        )
    }
}

impl std::error::Error for TimesError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, times, said) in [
            ("0", Times::from(0), "never"),
            ("1", Times::from(1), "1 time"),
            ("1..", Times::from(1..), "1 time or more"),
            ("0..", Times::ANY, "any number of times"),
            ("1..3", Times::from(1..=3), "1 to 3 times"),
        ] {
            assert_eq!(text.parse(), Ok(times));
            assert_eq!(times.to_string(), said);
        }
        for text in ["", "x", "..", "..3", "3..1", "-1", "1...3"] {
            assert!(text.parse::<Times>().is_err(), "{text}");
        }
    }
}
