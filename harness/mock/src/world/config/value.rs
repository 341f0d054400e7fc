//! Values of options: read in any of tor's spellings, kept in the one that
//! GETCONF answers with.

use crate::world::lone_bytes::{to_bytes, to_text};
use tor_harness_control::quote;

use super::option::Kind;
use super::router_list::is_router;
use super::units;

/// What is wrong with a value, in tor's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ValueError {
    /// Said behind `Could not parse X: `.
    Malformed(String),
    /// Said by itself.
    Whole(&'static str),
}

/// Reads a value that is not empty.
pub(super) fn parse(kind: Kind, value: &[u8]) -> Result<Vec<u8>, ValueError> {
    let text = to_text(value);
    let text = text.as_ref();
    let unit = |units, most: u64| {
        let malformed = |error| format!("Provided value is malformed or out of bounds: {error}");
        match units::parse(text, units) {
            Ok(number) if number > most => Err(format!("Provided value {text} is too large")),
            Ok(number) => Ok(number.to_string()),
            Err(error) => Err(malformed(error)),
        }
    };
    let seconds = i32::MAX.unsigned_abs().into();
    match kind {
        Kind::Boolean => one_of(text, &["0", "1"], "0 and 1"),
        Kind::BooleanOrAuto => one_of(text, &["0", "1", "auto"], "0, 1, and auto"),
        Kind::Integer => integer(text, 0),
        Kind::SignedInteger => integer(text, i32::MIN),
        Kind::Float => float(text),
        Kind::DataSize => unit(units::DATA, u64::MAX),
        Kind::TimeInterval => unit(units::SECONDS, seconds),
        Kind::TimeMsecInterval => unit(units::MILLISECONDS, seconds),
        Kind::CommaList => Ok(entries(text).collect::<Vec<_>>().join(",")),
        Kind::RouterList => {
            if !entries(text).all(is_router) {
                return Err(ValueError::Whole("Invalid router list."));
            }
            Ok(entries(text).collect::<Vec<_>>().join(","))
        }
        Kind::Virtual => {
            return Err(ValueError::Whole(
                "Cannot assign directly to virtual option.",
            ));
        }
        Kind::LineList | Kind::Dependent | Kind::String | Kind::Obsolete => {
            return Ok(value.to_vec());
        }
    }
    .map(|text| to_bytes(&text))
    .map_err(ValueError::Malformed)
}

/// The value of an option that is assigned nothing, which is not its default.
pub(super) fn zero(kind: Kind) -> Option<Vec<u8>> {
    match kind {
        Kind::Boolean
        | Kind::BooleanOrAuto
        | Kind::Integer
        | Kind::SignedInteger
        | Kind::DataSize
        | Kind::TimeInterval
        | Kind::TimeMsecInterval => Some(b"0".to_vec()),
        Kind::Float => Some(b"0.000000".to_vec()),
        _ => None,
    }
}

/// The entries of a comma-separated list; empty ones do not count.
pub(super) fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim_ascii)
        .filter(|entry| !entry.is_empty())
}

fn one_of(text: &str, words: &[&str], listed: &str) -> Result<String, String> {
    words
        .iter()
        .find(|word| word.eq_ignore_ascii_case(text))
        .map(|word| (*word).to_owned())
        .ok_or_else(|| format!("Unrecognized value {text}. Allowed values are {listed}."))
}

fn integer(text: &str, least: i32) -> Result<String, String> {
    match text.trim_ascii_start().parse::<i32>() {
        Ok(number) if number >= least => Ok(number.to_string()),
        _ => Err(format!(
            "Integer {text} is malformed or out of bounds. Allowed values are between {least} and {}.",
            i32::MAX
        )),
    }
}

fn float(text: &str) -> Result<String, String> {
    let number = text.trim_ascii_start();
    let too = |what| {
        let text = escaped(text);
        Err(format!(
            "{text} is too {what} to express as a floating-point number."
        ))
    };
    let Some(real) = hexadecimal(number).or_else(|| number.parse::<f64>().ok()) else {
        return Err(format!("Could not convert {} to a number.", escaped(text)));
    };
    let digits = number.split(['e', 'E']).next().unwrap_or_default();
    match real {
        _ if real.is_infinite() && digits.contains(|c: char| c.is_ascii_digit()) => too("large"),
        _ if real == 0.0 && digits.contains(|c| ('1'..='9').contains(&c)) => too("small"),
        _ => Ok(format!("{real:.6}").to_ascii_lowercase()),
    }
}

/// A number as C writes it in base 16: `0x1.8p3`.
fn hexadecimal(text: &str) -> Option<f64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = rest
        .strip_prefix("0x")
        .or_else(|| rest.strip_prefix("0X"))?;
    let (digits, exponent) = match rest.split_once(['p', 'P']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = [whole, fraction].concat();
    let value = |digit: char| digit.to_digit(16).map(f64::from);
    let mantissa = all
        .chars()
        .try_fold(0.0, |sum, digit| Some(sum * 16.0 + value(digit)?))?;
    let shift = i32::try_from(fraction.len()).ok()?.checked_mul(4)?;
    let exponent = exponent.checked_sub(shift)?;
    (!all.is_empty()).then(|| sign * mantissa * 2_f64.powi(exponent))
}

/// A value in quotes, as tor shows some of those that it refuses.
pub(super) fn escaped(text: &str) -> String {
    let mut quoted = Vec::new();
    quote(&to_bytes(text), &mut quoted);
    to_text(&quoted).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_getconf_says() {
        for (kind, text, value) in [
            (Kind::BooleanOrAuto, "AUTO", "auto"),
            (Kind::Integer, " 05", "5"),
            (Kind::Integer, "+6", "6"),
            (Kind::SignedInteger, "-5", "-5"),
            (Kind::Float, "1e3", "1000.000000"),
            (Kind::Float, "0x1p3", "8.000000"),
            (Kind::Float, "-0x.8", "-0.500000"),
            (Kind::Float, "NaN", "nan"),
            (Kind::DataSize, "1 MB", "1048576"),
            (Kind::TimeInterval, "30 minutes", "1800"),
            (Kind::CommaList, "1, 2 ,,3", "1,2,3"),
            (
                Kind::RouterList,
                "{DE}, 1.2.3.4/8,nick",
                "{DE},1.2.3.4/8,nick",
            ),
            (Kind::String, "  x  ", "  x  "),
        ] {
            assert_eq!(parse(kind, text.as_bytes()), Ok(value.into()), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_as_tor_does() {
        for (kind, text, error) in [
            (
                Kind::Boolean,
                " 1",
                "Unrecognized value  1. Allowed values are 0 and 1.",
            ),
            (
                Kind::BooleanOrAuto,
                "2",
                "Unrecognized value 2. Allowed values are 0, 1, and auto.",
            ),
            (
                Kind::Integer,
                "5x",
                "Integer 5x is malformed or out of bounds. Allowed values are between 0 and 2147483647.",
            ),
            (
                Kind::SignedInteger,
                "x",
                "Integer x is malformed or out of bounds. Allowed values are between -2147483648 and 2147483647.",
            ),
            (
                Kind::Float,
                "1e400",
                "\"1e400\" is too large to express as a floating-point number.",
            ),
            (
                Kind::Float,
                "1e-400",
                "\"1e-400\" is too small to express as a floating-point number.",
            ),
            (Kind::Float, "0x", "Could not convert \"0x\" to a number."),
            (Kind::Float, "1'", "Could not convert \"1\\'\" to a number."),
            (
                Kind::Float,
                "1.5x",
                "Could not convert \"1.5x\" to a number.",
            ),
            (
                Kind::TimeInterval,
                "abc",
                "Provided value is malformed or out of bounds: Unable to parse abc as a number",
            ),
            (
                Kind::TimeInterval,
                "2000000 hours",
                "Provided value 2000000 hours is too large",
            ),
        ] {
            assert_eq!(
                parse(kind, text.as_bytes()),
                Err(ValueError::Malformed(error.into())),
                "{text}"
            );
        }
    }
}
