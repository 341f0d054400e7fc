//! A moment in one of tor's three notations.

use core::fmt;

use tor_harness_types::UtcSeconds;

use crate::problem::{ParseError, Problem};

/// The length without a fraction: `2026-11-21T23:56:40`.
const WHOLE: usize = 19;

/// A moment as tor writes it (section 2.4): `2026-11-21 23:56:40` (`ISOTime`),
/// `2026-11-21T23:56:40` (`ISOTime2`) or `2026-11-21T23:56:40.528007`
/// (`ISOTime2Frac`, with any number of digits).
///
/// ```
/// use tor_harness_control::value::IsoTime;
///
/// let time = IsoTime::parse("2001-09-09T01:46:40.5")?;
/// assert_eq!((time.seconds().as_unix(), time.nanoseconds()), (1_000_000_000, 500_000_000));
/// # Ok::<(), tor_harness_control::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IsoTime<'a> {
    text: &'a str,
    seconds: UtcSeconds,
}

impl<'a> IsoTime<'a> {
    /// Reads a moment.
    ///
    /// # Errors
    /// If the text is in none of the three notations, or there is no such day.
    pub fn parse(text: &'a str) -> Result<Self, ParseError> {
        Self::read(text).ok_or_else(|| {
            Problem::Expected("a time, as 2026-11-21T23:56:40.528007").at(0..text.len())
        })
    }

    fn read(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut whole: [u8; WHOLE] = bytes.get(..WHOLE)?.try_into().ok()?;
        if whole[10] == b'T' {
            whole[10] = b' ';
        }
        let seconds = core::str::from_utf8(&whole).ok()?.parse().ok()?;
        let is_fraction = match bytes.get(WHOLE..)? {
            [] => true,
            [b'.', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        is_fraction.then_some(Self { text, seconds })
    }

    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// The whole seconds. ADDRMAP has one that is local time: see there.
    #[must_use]
    pub const fn seconds(&self) -> UtcSeconds {
        self.seconds
    }

    /// The digits behind the point.
    #[must_use]
    pub fn fraction(&self) -> Option<&'a str> {
        self.text.get(WHOLE + 1..)
    }

    /// The nanoseconds beyond the whole seconds; digits behind the ninth are
    /// not in it.
    #[must_use]
    pub fn nanoseconds(&self) -> u32 {
        self.fraction()
            .unwrap_or_default()
            .bytes()
            .chain(core::iter::repeat(b'0'))
            .take(9)
            .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    }
}

impl fmt::Display for IsoTime<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_any_number_of_digits() {
        for (text, nanoseconds) in [
            ("2026-11-21 23:56:40", 0),
            ("2026-11-21T23:56:40", 0),
            ("2026-11-21 23:56:40.25", 250_000_000),
            // stem: wants six digits.
            ("2026-11-21T23:56:40.5", 500_000_000),
            ("2026-11-21T23:56:40.51", 510_000_000),
            ("2026-11-21T23:56:40.528007", 528_007_000),
            ("2026-11-21T23:56:40.000000001", 1),
            ("2026-11-21T23:56:40.0000000019", 1),
        ] {
            let time = IsoTime::parse(text).unwrap();
            assert_eq!(time.nanoseconds(), nanoseconds, "{text}");
            assert_eq!(time.seconds().as_unix(), 1_795_305_400, "{text}");
            assert_eq!(time.as_str(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "2026-11-21",
            "2026-11-21t23:56:40",
            "2026-11-21T23:56:40.",
            "2026-11-21T23:56:40,5",
            "2026-11-21T23:56:40.5Z",
            "2026-11-31T23:56:40",
            "NEVER",
        ] {
            let error = IsoTime::parse(text).unwrap_err();
            assert!(matches!(error.problem, Problem::Expected(_)), "{text}");
        }
    }
}
