//! A moment as tor writes it.

use core::fmt;
use core::str::FromStr;

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// A moment in UTC, in whole seconds: `2026-11-21 23:09:48` in network
/// documents (dir-spec section 1.3), years 0000 to 9999.
///
/// ```
/// use tor_harness_types::UtcSeconds;
///
/// let moment: UtcSeconds = "2001-09-09 01:46:40".parse()?;
/// assert_eq!(moment.as_unix(), 1_000_000_000);
/// # Ok::<(), tor_harness_types::UtcSecondsError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcSeconds(i64);

impl UtcSeconds {
    const FIRST: i64 = days_before(0, 1, 1) * SECONDS_A_DAY;
    const LAST: i64 = days_before(10_000, 1, 1) * SECONDS_A_DAY - 1;

    /// A moment by its seconds since 1970.
    ///
    /// Returns `None` if the year has not four digits.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Option<Self> {
        if seconds >= Self::FIRST && seconds <= Self::LAST {
            Some(Self(seconds))
        } else {
            None
        }
    }

    /// The moment of which these are the bytes.
    ///
    /// # Errors
    /// If they are none.
    #[inline]
    pub fn from_ascii(text: &[u8]) -> Result<Self, UtcSecondsError> {
        let text: &[u8; 19] = text.try_into().map_err(|_| UtcSecondsError)?;
        let separators = [text[4], text[7], text[10], text[13], text[16]];
        let number = |from: usize, count: usize| {
            let digits = text[from..from + count].iter();
            digits.fold(0, |sum, digit| match digit.wrapping_sub(b'0') {
                digit @ 0..=9 => sum * 10 + i64::from(digit),
                // More than any part may be.
                _ => 100_000,
            })
        };
        let [year, month, day] = [number(0, 4), number(5, 2), number(8, 2)];
        let [hour, minute, second] = [number(11, 2), number(14, 2), number(17, 2)];
        let is_good = separators == *b"-- ::"
            && year < 10_000
            && (1..=12).contains(&month)
            && (1..=days_of(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        if !is_good {
            return Err(UtcSecondsError);
        }
        let days = days_before(year, month, day);
        Ok(Self(
            days * SECONDS_A_DAY + hour * 3600 + minute * 60 + second,
        ))
    }

    /// The seconds since 1970.
    #[must_use]
    pub const fn as_unix(self) -> i64 {
        self.0
    }
}

impl fmt::Display for UtcSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date(self.0.div_euclid(SECONDS_A_DAY));
        let second = self.0.rem_euclid(SECONDS_A_DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
        )
    }
}

impl fmt::Debug for UtcSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UtcSeconds({self})")
    }
}

impl FromStr for UtcSeconds {
    type Err = UtcSecondsError;

    fn from_str(text: &str) -> Result<Self, UtcSecondsError> {
        Self::from_ascii(text.as_bytes())
    }
}

/// A text that is no moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UtcSecondsError;

impl fmt::Display for UtcSecondsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a time: YYYY-MM-DD HH:MM:SS")
    }
}

impl core::error::Error for UtcSecondsError {}

/// The days from 1970-01-01 to a date of the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year.
const fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// How many days a month has.
const fn days_of(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The date that is so many days after 1970-01-01: the year, the month, the day.
fn date(days: i64) -> (i64, i64, i64) {
    // The calendar repeats after 400 years, which have 146,097 days.
    let since_year_0 = days + 719_468;
    let (era, day) = (
        since_year_0.div_euclid(146_097),
        since_year_0.rem_euclid(146_097),
    );
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = (month + 2) % 12 + 1;
    let year = era * 400 + year + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn round_trips() {
        for (text, unix) in [
            ("1970-01-01 00:00:00", 0),
            ("1969-12-31 23:59:59", -1),
            ("2000-02-29 12:34:56", 951_827_696),
            ("2024-02-29 00:00:00", 1_709_164_800),
            ("2026-11-21 23:09:48", 1_795_302_588),
            ("0000-01-01 00:00:00", UtcSeconds::FIRST),
            ("9999-12-31 23:59:59", UtcSeconds::LAST),
        ] {
            let moment: UtcSeconds = text.parse().unwrap();
            assert_eq!(
                (moment.as_unix(), moment.to_string().as_str()),
                (unix, text)
            );
            assert_eq!(UtcSeconds::from_unix(unix), Some(moment));
        }
        assert_eq!(UtcSeconds::from_unix(UtcSeconds::LAST + 1), None);
        assert_eq!(UtcSeconds::from_unix(UtcSeconds::FIRST - 1), None);
    }

    #[test]
    fn every_day_has_its_date() {
        let mut before = (0, 0, 0);
        for days in UtcSeconds::FIRST / SECONDS_A_DAY..=UtcSeconds::LAST / SECONDS_A_DAY {
            let date @ (year, month, day) = date(days);
            assert!(date > before, "{date:?} after {before:?}");
            assert_eq!(days_before(year, month, day), days);
            before = date;
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "2026-11-21",
            "2026-11-21T23:09:48",
            "2026-11-21 23:09:48 ",
            "2026-11-21 24:00:00",
            "2026-11-21 23:59:60",
            "2026-02-29 00:00:00",
            "1900-02-29 00:00:00",
            "2026-00-01 00:00:00",
            "2026-13-01 00:00:00",
            "2026-01-00 00:00:00",
            "+026-01-01 00:00:00",
        ] {
            assert_eq!(text.parse::<UtcSeconds>(), Err(UtcSecondsError), "{text}");
        }
    }
}
