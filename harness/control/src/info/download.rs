//! The values of `downloads/*`.

use alloc::vec::Vec;
use core::fmt;

use tor_harness_types::Fingerprint;

use crate::info::info_value::{utf8, within};
use crate::info::scalar::display;
use crate::info::{InfoValue, List, ListItem};
use crate::problem::{ParseError, Problem};
use crate::value::IsoTime;
use crate::words::words;

/// How tor's attempts to fetch something go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DownloadStatus<'a> {
    /// All that tor says, a line a field.
    pub fields: List<'a, DownloadField<'a>>,
}

words! {
    /// After which schedule tor fetches something.
    DownloadSchedule {
        /// That of most things.
        Generic = "DL_SCHED_GENERIC",
        /// That of consensuses.
        Consensus = "DL_SCHED_CONSENSUS",
        /// That of bridges' descriptors.
        Bridge = "DL_SCHED_BRIDGE",
    }
}

words! {
    /// Whom tor asks for something.
    DownloadFrom {
        /// Any relay that has it.
        AnyDirectory = "DL_WANT_ANY_DIRSERVER",
        /// An authority.
        Authority = "DL_WANT_AUTHORITY",
    }
}

words! {
    /// What makes tor wait longer until the next attempt.
    DownloadIncrement {
        /// A failure.
        Failure = "DL_SCHED_INCREMENT_FAILURE",
        /// Any attempt.
        Attempt = "DL_SCHED_INCREMENT_ATTEMPT",
    }
}

words! {
    /// How tor finds the time until the next attempt.
    DownloadBackoff {
        /// It is in a table.
        Deterministic = "DL_SCHED_DETERMINISTIC",
        /// It is random, and ever longer.
        RandomExponential = "DL_SCHED_RANDOM_EXPONENTIAL",
    }
}

impl<'a> DownloadStatus<'a> {
    /// When tor will try next: `next-attempt-at`.
    #[must_use]
    pub fn next_attempt(&self) -> Option<IsoTime<'a>> {
        self.read("next-attempt-at")
    }

    /// How often it failed since it last succeeded: `n-download-failures`.
    #[must_use]
    pub fn failures(&self) -> Option<u64> {
        self.read("n-download-failures")
    }

    /// How often it was tried since it last succeeded: `n-download-attempts`.
    #[must_use]
    pub fn attempts(&self) -> Option<u64> {
        self.read("n-download-attempts")
    }

    /// After which schedule: `schedule`.
    #[must_use]
    pub fn schedule(&self) -> Option<DownloadSchedule<'a>> {
        self.value("schedule").map(DownloadSchedule::new)
    }

    /// Whom tor asks: `want-authority`.
    #[must_use]
    pub fn directory(&self) -> Option<DownloadFrom<'a>> {
        self.value("want-authority").map(DownloadFrom::new)
    }

    /// What makes tor wait longer: `increment-on`.
    #[must_use]
    pub fn increment(&self) -> Option<DownloadIncrement<'a>> {
        self.value("increment-on").map(DownloadIncrement::new)
    }

    /// How tor finds the time to wait: `backoff`.
    #[must_use]
    pub fn backoff(&self) -> Option<DownloadBackoff<'a>> {
        self.value("backoff").map(DownloadBackoff::new)
    }

    /// How far the backoff is: `last-backoff-position`.
    #[must_use]
    pub fn backoff_position(&self) -> Option<u64> {
        self.read("last-backoff-position")
    }

    /// The last time to wait, in seconds: `last-delay-used`.
    #[must_use]
    pub fn last_delay(&self) -> Option<u64> {
        self.read("last-delay-used")
    }

    fn value(&self, key: &str) -> Option<&'a str> {
        self.fields
            .iter()
            .find(|field| field.key == key)
            .map(|field| field.value)
    }

    fn read<T: InfoValue<'a>>(&self, key: &str) -> Option<T> {
        // Checked once before, in `parse`.
        T::parse(self.value(key)?.as_bytes()).ok()
    }
}

impl<'a> InfoValue<'a> for DownloadStatus<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let fields = List::<DownloadField<'a>>::parse(text)?;
        for DownloadField { key, value } in fields.iter() {
            let value = value.as_bytes();
            let checked = match key {
                "next-attempt-at" => <IsoTime<'a> as InfoValue>::parse(value).map(drop),
                "n-download-failures"
                | "n-download-attempts"
                | "last-backoff-position"
                | "last-delay-used" => u64::parse(value).map(drop),
                _ => Ok(()),
            };
            checked.map_err(|error| within(error, value, text))?;
        }
        Ok(Self { fields })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        self.fields.encode(out);
    }
}

/// One line of a [`DownloadStatus`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DownloadField<'a> {
    /// What it says something of.
    pub key: &'a str,
    /// What it says.
    pub value: &'a str,
}

impl<'a> InfoValue<'a> for DownloadField<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let (key, value) = utf8(text, "field")?
            .split_once(' ')
            .ok_or_else(|| Problem::Expected("KEY VALUE").at(0..text.len()))?;
        Ok(Self { key, value })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(&format_args!("{} {}", self.key, self.value), out);
    }
}

impl<'a> ListItem<'a> for DownloadField<'a> {}

/// The SHA-1 of something that tor fetches: a descriptor, a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(
    /// The bytes.
    pub [u8; 20],
);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Fingerprint::new(self.0).fmt(f)
    }
}

impl InfoValue<'_> for Digest {
    fn parse(text: &[u8]) -> Result<Self, ParseError> {
        // Digests of keys and of descriptors are written alike.
        core::str::from_utf8(text)
            .ok()
            .and_then(|text| text.parse::<Fingerprint>().ok())
            .map(|digest| Self(*digest.as_bytes()))
            .ok_or_else(|| Problem::Expected("a digest: 40 hexadecimal digits").at(0..text.len()))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(self, out);
    }
}

impl ListItem<'_> for Digest {}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: &str = "next-attempt-at 1970-01-01 00:00:00\nn-download-failures 1\n\
        n-download-attempts 2\nschedule DL_SCHED_CONSENSUS\nwant-authority DL_WANT_AUTHORITY\n\
        increment-on DL_SCHED_INCREMENT_ATTEMPT\nbackoff DL_SCHED_NEW\n\
        last-backoff-position 3\nlast-delay-used 4\nunknown a b\n";

    #[test]
    fn reads() {
        let status = DownloadStatus::parse(STATUS.as_bytes()).unwrap();
        assert_eq!(
            status.next_attempt(),
            IsoTime::parse("1970-01-01 00:00:00").ok()
        );
        assert_eq!((status.failures(), status.attempts()), (Some(1), Some(2)));
        assert_eq!(status.schedule(), Some(DownloadSchedule::Consensus));
        assert_eq!(status.directory(), Some(DownloadFrom::Authority));
        assert_eq!(status.increment(), Some(DownloadIncrement::Attempt));
        assert_eq!(
            status.backoff(),
            Some(DownloadBackoff::Other("DL_SCHED_NEW"))
        );
        assert_eq!(
            (status.backoff_position(), status.last_delay()),
            (Some(3), Some(4))
        );
        assert_eq!(status.to_bytes(), STATUS.as_bytes());
    }

    #[test]
    fn refuses() {
        for (text, error) in [
            ("a b\nc", Problem::Expected("KEY VALUE").at(4..5)),
            (
                "n-download-failures x",
                Problem::Number("a number").at(20..21),
            ),
        ] {
            assert_eq!(DownloadStatus::parse(text.as_bytes()), Err(error));
        }
        let problem = Problem::Expected("a digest: 40 hexadecimal digits");
        assert_eq!(Digest::parse(b"AB"), Err(problem.at(0..2)));
    }
}
