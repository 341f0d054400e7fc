//! Values in TOML.

use std::fmt;
use std::ops::Range;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use toml::Spanned;

use super::times::Times;

/// A value, and where it stands.
pub(super) struct At<T> {
    pub(super) span: Range<usize>,
    pub(super) value: T,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        Ok(Self {
            span: spanned.span(),
            value: spanned.into_inner(),
        })
    }
}

/// One line as a string, or several as an array.
#[derive(Debug, Default)]
pub(super) struct Lines(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;

        impl<'de> Visitor<'de> for Expected {
            type Value = Lines;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a line or an array of lines")
            }

            fn visit_str<E>(self, line: &str) -> Result<Lines, E> {
                Ok(Lines(vec![line.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Lines, A::Error> {
                let mut lines = Vec::new();
                while let Some(line) = array.next_element()? {
                    lines.push(line);
                }
                Ok(Lines(lines))
            }
        }

        deserializer.deserialize_any(Expected)
    }
}

impl<'de> Deserialize<'de> for Times {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;

        impl Visitor<'_> for Expected {
            type Value = Times;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of times (as 2, \"1..\" or \"1..3\")")
            }

            fn visit_i64<E: serde::de::Error>(self, times: i64) -> Result<Times, E> {
                times.to_string().parse().map_err(E::custom)
            }

            fn visit_str<E: serde::de::Error>(self, times: &str) -> Result<Times, E> {
                times.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Expected)
    }
}

/// A time such as `500ms`, `2s` or `1.5s`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time(pub(super) Duration);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;

        impl Visitor<'_> for Expected {
            type Value = Time;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time (as \"500ms\" or \"2s\")")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Time, E> {
                let factor = |number: &str, unit: f64| {
                    let seconds = number.trim_end().parse::<f64>().ok()? * unit;
                    Duration::try_from_secs_f64(seconds).ok().map(Time)
                };
                let time = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
                    (Some(number), _) => factor(number, 0.001),
                    (None, Some(number)) => factor(number, 1.0),
                    (None, None) => None,
                };
                time.ok_or_else(|| {
                    E::custom(format_args!(
                        "expected a time (as \"500ms\" or \"2s\"), got {text:?}"
                    ))
                })
            }
        }

        deserializer.deserialize_any(Expected)
    }
}

/// Reads a time.
pub(super) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    Time::deserialize(deserializer).map(|Time(time)| time)
}
