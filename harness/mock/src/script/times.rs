//! How often something is expected.

use std::fmt;
use std::ops::{RangeFrom, RangeInclusive};
use std::str::FromStr;

/// How often a command is expected: `2`, `1..` (once or more), `1..3` (one to
/// three times).
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
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let times = match text.split_once("..") {
            None => number(text).map(Self::from),
            Some((least, "")) => number(least).map(|least| Self::from(least..)),
            Some((least, most)) => number(least)
                .zip(number(most))
                .filter(|(least, most)| least <= most)
                .map(|(least, most)| Self::from(least..=most)),
        };
        times.ok_or_else(|| {
            format!("expected a number of times (as 2, \"1..\" or \"1..3\"), got {text:?}")
        })
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: u32| if n == 1 { "" } else { "s" };
        match (self.least, self.most) {
            (least, Some(most)) if least == most => write!(f, "{least} time{}", plural(least)),
            (least, Some(most)) => write!(f, "{least} to {most} times"),
            (0, None) => f.write_str("any number of times"),
            (least, None) => write!(f, "{least} time{} or more", plural(least)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, times, said) in [
            ("0", Times::from(0), "0 times"),
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
