//! The value of `entry-guards`.

use alloc::vec::Vec;

use crate::info::info_value::utf8;
use crate::info::scalar::display;
use crate::info::{InfoValue, ListItem};
use crate::problem::{ParseError, Problem};
use crate::value::{IsoTime, LongName};
use crate::words::words;

words! {
    /// What tor knows of a guard.
    GuardStatus {
        /// It works.
        Up = "up",
        /// It was not tried yet.
        NeverConnected = "never-connected",
        /// It did not work.
        Down = "down",
        /// It is not to be used as a guard now.
        Unusable = "unusable",
        /// It is not in the consensus.
        Unlisted = "unlisted",
    }
}

/// A guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntryGuard<'a> {
    /// The relay: a `LongName`; up to 0.2.2.0 a nickname or 40 digits without `$`.
    pub relay: LongName<'a>,
    /// What tor knows of it.
    pub status: GuardStatus<'a>,
    /// Since when it is so.
    pub since: Option<IsoTime<'a>>,
    /// What follows.
    pub more: Option<&'a str>,
}

impl<'a> InfoValue<'a> for EntryGuard<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let whole = utf8(text, "guard")?;
        let mut words = whole.splitn(3, ' ');
        let relay = words.next().unwrap_or_default();
        let status = words
            .next()
            .ok_or_else(|| Problem::Missing("the guard's status").at(text.len()..text.len()))?;
        let rest = words.next();
        let (since, more) = match rest.and_then(split_time) {
            Some((since, more)) => (Some(since), more),
            None => (None, rest),
        };
        Ok(Self {
            relay: LongName::new(relay),
            status: GuardStatus::new(status),
            since,
            more,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(&format_args!("{} {}", self.relay, self.status), out);
        if let Some(since) = self.since {
            display(&format_args!(" {since}"), out);
        }
        if let Some(more) = self.more {
            display(&format_args!(" {more}"), out);
        }
    }
}

impl<'a> ListItem<'a> for EntryGuard<'a> {}

/// The time at the start, and what follows it and a space.
fn split_time(text: &str) -> Option<(IsoTime<'_>, Option<&str>)> {
    let (time, after) = text.split_at_checked("YYYY-MM-DD HH:MM:SS".len())?;
    let time = IsoTime::parse(time).ok()?;
    match after.strip_prefix(' ') {
        Some(more) => Some((time, Some(more))),
        None => after.is_empty().then_some((time, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        let epoch = IsoTime::parse("1970-01-01 00:00:00").ok();
        for (text, status, since, more) in [
            ("$A~b up", GuardStatus::Up, None, None),
            (
                "$A=b unlisted 1970-01-01 00:00:00",
                GuardStatus::Unlisted,
                epoch,
                None,
            ),
            (
                "b down 1970-01-01 00:00:00 x y",
                GuardStatus::Down,
                epoch,
                Some("x y"),
            ),
            (
                "b never-connected x",
                GuardStatus::NeverConnected,
                None,
                Some("x"),
            ),
            (
                "b new 1970-01-01 00:00:001",
                GuardStatus::Other("new"),
                None,
                Some("1970-01-01 00:00:001"),
            ),
        ] {
            let guard = EntryGuard::parse(text.as_bytes()).unwrap();
            assert_eq!(
                (guard.status, guard.since, guard.more),
                (status, since, more)
            );
            assert_eq!(guard.to_bytes(), text.as_bytes());
        }
        let error = EntryGuard::parse(b"$A~b").unwrap_err();
        assert_eq!(error, Problem::Missing("the guard's status").at(4..4));
    }
}
