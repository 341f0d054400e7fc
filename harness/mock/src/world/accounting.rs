//! The intervals in which AccountingMax counts bytes, of which there are none without network.

use std::time::Duration;

use tor_harness_types::UtcSeconds;

use super::World;

const DAY: i64 = 24 * 60 * 60;

/// The last second that tor can show: that of the year 9999.
const LAST: i64 = 253_402_300_799;

/// How long an interval is, and when it starts; days are those of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    unit: Unit,
    /// Of the week, counted from Monday as 1, or of the month.
    day: i64,
    /// Seconds behind midnight.
    time: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
}

/// An interval: its start and its end, in seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) start: i64,
    pub(crate) end: i64,
}

impl Period {
    /// That of a month, as where nothing is said.
    const MONTH: Self = Self {
        unit: Unit::Month,
        day: 1,
        time: 0,
    };

    /// Reads AccountingStart: `day TIME`, `week DAY TIME` or `month DAY TIME`.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let words: Vec<_> = line.split_ascii_whitespace().collect();
        let Some((unit, words)) = words.split_first() else {
            return Some(Self::MONTH);
        };
        let (unit, most) = match unit.to_ascii_lowercase().as_str() {
            "day" => (Unit::Day, 0),
            "week" => (Unit::Week, 7),
            "month" => (Unit::Month, 28),
            _ => return None,
        };
        let (day, time) = match words {
            [time] if unit == Unit::Day => (0, time),
            [day, time] if unit != Unit::Day => (number(day, 1, most)?, time),
            _ => return None,
        };
        let (hours, minutes) = time.split_once(':')?;
        let time = number(hours, 0, 23)? * 3600 + number(minutes, 0, 59)? * 60;
        Some(Self { unit, day, time })
    }

    /// The interval that a time is in.
    fn around(self, now: i64) -> Interval {
        let since_midnight = now.rem_euclid(DAY);
        let midnight = now - since_midnight;
        let before = since_midnight < self.time;
        let days_long = match self.unit {
            Unit::Month => return self.month_around(midnight, before),
            Unit::Week => 7,
            Unit::Day => 1,
        };
        // 1970 began on a Thursday.
        let weekday = midnight / DAY + 4;
        let passed = match (weekday - self.day).rem_euclid(days_long) {
            0 if before => days_long,
            passed => passed,
        };
        let start = midnight - passed * DAY + self.time;
        Interval {
            start,
            end: start + days_long * DAY,
        }
    }

    fn month_around(self, midnight: i64, before: bool) -> Interval {
        let (year, month, day) = date(midnight);
        let is_last = day < self.day || (day == self.day && before);
        let month = year * 12 + month - i64::from(is_last);
        let first = |month: i64| midnight_of(month.div_euclid(12), month.rem_euclid(12), self.day);
        Interval {
            start: first(month).saturating_add(self.time),
            end: first(month + 1).saturating_add(self.time),
        }
    }
}

impl World {
    /// How many bytes may be counted, or 0 where nothing is counted.
    pub(crate) fn accounting_max(&self) -> u64 {
        let bytes = self.config.value("AccountingMax");
        bytes.and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
    }

    /// Finds the interval, as tor does each time that it takes a configuration, and at an interval's
    /// end.
    pub(super) fn configure_accounting(&mut self) {
        let line = self.config.value("AccountingStart").unwrap_or_default();
        let Some(period) = Period::parse(line).filter(|_| self.accounting_max() > 0) else {
            return;
        };
        let now = self.unix_time();
        let next = period.around(now);
        match self.accounting {
            Some(known) if known.start != next.start => {
                let there = period.around(known.start);
                let moved = (next.start - known.start) as f64 / (there.end - there.start) as f64;
                let is_near = (-0.5..=0.5).contains(&moved);
                if !is_near && moved < 0.99 {
                    let percent = moved * 100.0;
                    self.log(
                        "WARN",
                        &format!("Mismatched accounting interval: moved by {percent:.2}%. Starting a fresh one."),
                    );
                }
                let start = if is_near { known.start } else { next.start };
                self.accounting = Some(Interval { start, ..next });
            }
            _ => self.accounting = Some(next),
        }
        let Interval { start, end } = self.accounting.unwrap_or_default();
        let [start, end] = [start, end].map(shown);
        self.log(
            "NOTICE",
            &format!(
                "Configured hibernation. This interval begins at {start} and ends at {end}. We have no prior \
                 estimate for bandwidth, so we will start out awake and hibernate when we exhaust our quota."
            ),
        );
    }

    /// When the interval ends.
    pub(super) fn accounting_due(&self) -> Option<Duration> {
        let is_counted = |interval: &Interval| interval.end <= LAST && self.accounting_max() > 0;
        let interval = self.accounting.filter(is_counted)?;
        let end = u64::try_from(interval.end).ok()?;
        Some(Duration::from_secs(
            end.saturating_sub(self.persona.started),
        ))
    }

    /// The seconds since 1970.
    fn unix_time(&self) -> i64 {
        let now = self.persona.started.saturating_add(self.now.as_secs());
        i64::try_from(now).unwrap_or(LAST).min(LAST)
    }
}

/// A time as tor shows it.
pub(crate) fn shown(seconds: i64) -> String {
    UtcSeconds::from_unix(seconds).map_or_else(String::new, |time| time.to_string())
}

/// The year, the month counted from 0, and the day.
fn date(midnight: i64) -> (i64, i64, i64) {
    let text = shown(midnight);
    let date = text.split(' ').next().unwrap_or_default();
    let mut numbers = date.split('-').map(|number| number.parse().unwrap_or(1));
    let mut next = || numbers.next().unwrap_or(1);
    (next(), next() - 1, next())
}

fn midnight_of(year: i64, month: i64, day: i64) -> i64 {
    let text = format!("{year:04}-{:02}-{day:02} 00:00:00", month + 1);
    text.parse().map_or(i64::MAX, UtcSeconds::as_unix)
}

fn number(text: &str, least: i64, most: i64) -> Option<i64> {
    let number = text.parse().ok()?;
    (least..=most).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a tor 0.4.9.11 said, where there is a number, and what its words mean elsewhere.
    #[test]
    fn intervals() {
        for (line, now, start, end) in [
            (
                "",
                "2026-11-22 05:16:00",
                "2026-11-01 00:00:00",
                "2026-12-01 00:00:00",
            ),
            (
                "day 12:00",
                "2026-11-22 05:16:00",
                "2026-11-21 12:00:00",
                "2026-11-22 12:00:00",
            ),
            (
                "day 12:00",
                "2026-11-22 12:00:00",
                "2026-11-22 12:00:00",
                "2026-11-23 12:00:00",
            ),
            (
                "week 3 5:07",
                "2026-11-22 05:16:00",
                "2026-11-18 05:07:00",
                "2026-11-25 05:07:00",
            ),
            (
                "week 7 5:17",
                "2026-11-22 05:16:00",
                "2026-11-15 05:17:00",
                "2026-11-22 05:17:00",
            ),
            (
                "WEEK 7 5:16",
                "2026-11-22 05:16:00",
                "2026-11-22 05:16:00",
                "2026-11-29 05:16:00",
            ),
            (
                "month 28 23:59",
                "2026-11-22 05:16:00",
                "2026-10-28 23:59:00",
                "2026-11-28 23:59:00",
            ),
            (
                "month 5 1:00",
                "2026-01-05 00:59:59",
                "2025-12-05 01:00:00",
                "2026-01-05 01:00:00",
            ),
            (
                "month 5 1:00",
                "2026-12-05 01:00:00",
                "2026-12-05 01:00:00",
                "2027-01-05 01:00:00",
            ),
        ] {
            let now: UtcSeconds = now.parse().unwrap();
            let Interval {
                start: from,
                end: to,
            } = Period::parse(line).unwrap().around(now.as_unix());
            assert_eq!(
                (shown(from), shown(to)),
                (start.into(), end.into()),
                "{line} at {now}"
            );
        }
        for line in [
            "day",
            "day 1 0:00",
            "week 8 0:00",
            "month 29 0:00",
            "day 24:00",
            "day 0:60",
            "year 0:00",
        ] {
            assert_eq!(Period::parse(line), None, "{line}");
        }
    }
}
