//! Scripts in TOML.

use std::fmt;
use std::ops::Range;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use toml::Spanned;

use super::builder::Script;
use super::emit::{Emit, When};
use super::error::{ScriptError, error_at};
use super::on::On;
use super::place::Place;
use super::times::Times;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    on: Vec<Spanned<OnTable>>,
    #[serde(default)]
    emit: Vec<Spanned<EmitTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnTable {
    command: Spanned<String>,
    reply: Option<Spanned<Lines>>,
    #[serde(default = "any_times")]
    times: Times,
    #[serde(default)]
    close: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmitTable {
    event: Spanned<Lines>,
    data: Option<String>,
    after: Option<Spanned<String>>,
    every: Option<Spanned<Period>>,
    times: Option<u32>,
}

/// Reads a script.
pub(super) fn parse(text: &str, origin: &str) -> Result<Script, ScriptError> {
    let places = Places::new(text, origin);
    let place = |range: Range<usize>| places.of(range.start);
    let file: File = toml::from_str(text).map_err(|error| {
        let place = place(error.span().unwrap_or_default());
        let advice = match error.message() {
            message if message.contains("map, expected a sequence") => {
                format!("{message}: a table of these is written [[on]] or [[emit]]")
            }
            message => message.to_owned(),
        };
        error_at(place)(&advice)
    })?;
    let mut script = Script::new();
    for table in file.on {
        let whole = place(table.span());
        let table = table.into_inner();
        let rule = On {
            command: (place(table.command.span()), table.command.into_inner()),
            reply: match table.reply {
                Some(reply) => (place(reply.span()), reply.into_inner().0),
                None => (whole.clone(), vec!["250 OK".into()]),
            },
            place: whole,
            times: table.times,
            close: table.close,
        };
        script.rules.push(rule.checked()?);
    }
    for table in file.emit {
        let whole = place(table.span());
        let table = table.into_inner();
        let when = match (table.after, table.every) {
            (Some(after), None) => When::After(place(after.span()), after.into_inner()),
            (None, Some(every)) => When::Every(place(every.span()), every.into_inner().0),
            _ => {
                return Err(error_at(whole)(
                    "expected exactly one of `after` and `every`",
                ));
            }
        };
        let emit = Emit {
            event: (place(table.event.span()), table.event.into_inner().0),
            data: table.data,
            when,
            times: table.times,
        };
        script.emissions.push(emit.checked()?);
    }
    Ok(script)
}

/// Where the lines of a script start: a long one has many places.
struct Places<'a> {
    origin: &'a str,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(text: &str, origin: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        Self { origin, starts }
    }

    fn of(&self, byte: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= byte);
        Place {
            file: self.origin.to_owned(),
            line,
            column: byte - self.starts[line - 1] + 1,
        }
    }
}

fn any_times() -> Times {
    Times::ANY
}

/// One line as a string, or several as an array.
struct Lines(Vec<String>);

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
struct Period(Duration);

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let factor = |number: &str, unit: f64| {
            let seconds = number.trim_end().parse::<f64>().ok()? * unit;
            Duration::try_from_secs_f64(seconds).ok().map(Self)
        };
        let period = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
            (Some(number), _) => factor(number, 0.001),
            (None, Some(number)) => factor(number, 1.0),
            (None, None) => None,
        };
        period.ok_or_else(|| {
            D::Error::custom(format_args!(
                "expected a time (as \"500ms\" or \"2s\"), got {text:?}"
            ))
        })
    }
}
