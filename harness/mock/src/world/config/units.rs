//! Numbers with units, such as `20 KBytes` or `1.5 hours`.

/// A unit's names, and how many of the smallest it is.
type Unit = (&'static [&'static str], u64);

/// Bytes. Other spellings are no units for tor: `k`, `g`, `KiB`.
pub(super) const DATA: &[Unit] = &[
    (&["b", "byte", "bytes"], 1),
    (&["kb", "kbyte", "kbytes", "kilobyte", "kilobytes"], 1 << 10),
    (
        &["m", "mb", "mbyte", "mbytes", "megabyte", "megabytes"],
        1 << 20,
    ),
    (&["gb", "gbyte", "gbytes", "gigabyte", "gigabytes"], 1 << 30),
    (&["tb", "tbyte", "tbytes", "terabyte", "terabytes"], 1 << 40),
    (&["kbit", "kbits", "kilobit", "kilobits"], 1 << 7),
    (&["mbit", "mbits", "megabit", "megabits"], 1 << 17),
    (&["gbit", "gbits", "gigabit", "gigabits"], 1 << 27),
    (&["tbit", "tbits", "terabit", "terabits"], 1 << 37),
];

/// Seconds; a month is the twelfth part of 365.24 days.
pub(super) const SECONDS: &[Unit] = &[
    (&["second", "seconds"], 1),
    (&["minute", "minutes"], 60),
    (&["hour", "hours"], 3600),
    (&["day", "days"], 86_400),
    (&["week", "weeks"], 604_800),
    (&["month", "months"], 2_629_728),
];

/// Milliseconds.
pub(super) const MILLISECONDS: &[Unit] = &[
    (&["msec", "millisecond", "milliseconds"], 1),
    (&["second", "seconds"], 1000),
    (&["minute", "minutes"], 60_000),
    (&["hour", "hours"], 3_600_000),
    (&["day", "days"], 86_400_000),
    (&["week", "weeks"], 604_800_000),
];

/// Reads a number with or without one of the units; the error is tor's text.
pub(super) fn parse(text: &str, units: &[Unit]) -> Result<u64, String> {
    let not_a_number = || format!("Unable to parse {text} as a number");
    let (number, rest) = cut_number(text).ok_or_else(not_a_number)?;
    let is_whole = number.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole && number.parse::<u64>().is_err() {
        return Err(not_a_number());
    }
    let unit = rest.trim_ascii_start();
    let (unit, factor) = if unit.is_empty() {
        (unit, 1)
    } else {
        let known = units.iter().flat_map(|(names, factor)| {
            let names = names.iter();
            names.map(move |name| (*name, *factor))
        });
        known
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(unit))
            .ok_or_else(|| format!("Unknown unit in {text}"))?
    };
    let overflow = || format!("Overflow while parsing {text} {unit}");
    if let Ok(whole) = number.parse::<u64>() {
        return whole
            .checked_mul(factor)
            .filter(|n| i64::try_from(*n).is_ok())
            .ok_or_else(overflow);
    }
    let real: f64 = number.parse().map_err(|_| not_a_number())?;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to lie in the range, and tor cuts off the same"
    )]
    match real * factor as f64 {
        _ if real > u64::MAX as f64 || (real < 0.0 && number.contains('.')) => Err(not_a_number()),
        product if (0.0..i64::MAX as f64).contains(&product) => Ok(product as u64),
        _ => Err(overflow()),
    }
}

/// The number at the start, and what follows it.
fn cut_number(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_ascii_start();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let length = digits
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(digits.len());
    let (number, rest) = text.split_at_checked(text.len() - digits.len() + length)?;
    number
        .contains(|c: char| c.is_ascii_digit())
        .then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_tor_reads() {
        for (text, units, value) in [
            ("16", DATA, 16),
            ("16 Kb", DATA, 16 << 10),
            ("16kb", DATA, 16 << 10),
            ("16  kb", DATA, 16 << 10),
            ("20 kbits", DATA, 2560),
            ("1.5 MB", DATA, 1_572_864),
            (".5 mb", DATA, 1 << 19),
            ("1.5", DATA, 1),
            ("5.", DATA, 5),
            ("+5 kb", DATA, 5 << 10),
            (" 5", DATA, 5),
            ("1.5 hours", SECONDS, 5400),
            ("2 Days", SECONDS, 172_800),
            ("2 months", SECONDS, 5_259_456),
            ("2 seconds", MILLISECONDS, 2000),
            ("250", MILLISECONDS, 250),
        ] {
            assert_eq!(parse(text, units), Ok(value), "{text}");
        }
    }

    #[test]
    fn refuses_as_tor_does() {
        for (text, units, error) in [
            ("abc", DATA, "Unable to parse abc as a number"),
            ("x5", DATA, "Unable to parse x5 as a number"),
            ("-0.5", DATA, "Unable to parse -0.5 as a number"),
            ("16 k", DATA, "Unknown unit in 16 k"),
            ("5 kb ", DATA, "Unknown unit in 5 kb "),
            ("1,000", DATA, "Unknown unit in 1,000"),
            ("-1 hours", DATA, "Unknown unit in -1 hours"),
            ("-1", DATA, "Overflow while parsing -1 "),
            (
                "99999999999999999999",
                DATA,
                "Unable to parse 99999999999999999999 as a number",
            ),
            (
                "18446744073709551615",
                DATA,
                "Overflow while parsing 18446744073709551615 ",
            ),
            (
                "18446744073709551615 kb",
                DATA,
                "Overflow while parsing 18446744073709551615 kb kb",
            ),
            ("90 sec", SECONDS, "Unknown unit in 90 sec"),
            ("2 month", MILLISECONDS, "Unknown unit in 2 month"),
        ] {
            assert_eq!(parse(text, units), Err(error.to_owned()), "{text}");
        }
    }
}
