//! The values that the options have.

use std::borrow::Cow;

use tor_harness_control::reply::Setting;

use super::assign::deprecated;
use super::check;
use super::option::{OPTIONS, OptionIndex, Spelling};
use super::refusal::Refusal;
use super::value;
use crate::world::lone_bytes::to_text;

/// The values of all options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// By the option that holds them: see [`super::option::ConfigOption::holder`].
    pub(super) values: Vec<Vec<Value>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// The option that was assigned, which is one of its holder's group.
    pub(super) option: OptionIndex,
    pub(super) text: Vec<u8>,
}

/// An option of a torrc or of the command line, with its value.
pub(crate) type Line = (String, String);

/// What an option without a value means in SETCONF, and in RESETCONF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reset {
    /// Nothing, or zero.
    ToZero,
    /// The default.
    ToDefault,
}

/// What a change of the configuration did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// The options that have other values now, as CONF_CHANGED tells.
    pub(crate) changed: Vec<Vec<u8>>,
}

impl Default for Config {
    fn default() -> Self {
        let mut config = Self {
            values: OPTIONS.iter().map(|_| Vec::new()).collect(),
        };
        for option in 0..config.values.len() {
            config.reset(option, Reset::ToDefault);
        }
        config
    }
}

impl Config {
    /// The defaults, and the lines of a torrc that tor takes.
    pub(crate) fn new(torrc: &[Line]) -> Self {
        let mut config = Self::default();
        config.put_above(torrc);
        config
    }

    /// Takes these lines in place of what there is of their options.
    pub(crate) fn put_above(&mut self, lines: &[Line]) {
        let settings: Vec<_> = lines
            .iter()
            .map(|(key, value)| Setting {
                key: Cow::Borrowed(key),
                value: Some(Cow::Borrowed(value.as_bytes())),
            })
            .collect();
        // Not checked: a tor that starts may set what a running one may not.
        let _ = self.assign(&settings, Reset::ToDefault, &mut Vec::new());
    }

    /// Does all of the settings, or nothing; adds what tor warns of.
    ///
    /// # Errors
    /// If tor would refuse.
    pub(crate) fn set(
        &mut self,
        settings: &[Setting<'_>],
        reset: Reset,
        warnings: &mut Vec<String>,
    ) -> Result<Change, Refusal> {
        let mut next = self.clone();
        next.assign(settings, reset, warnings)?;
        warnings.extend(check::check(self, &mut next)?);
        Ok(self.replace(next))
    }

    /// Becomes the defaults, these settings and the command line above them, or
    /// stays as it is; adds what tor warns of.
    ///
    /// # Errors
    /// If tor would refuse.
    pub(crate) fn load(
        &mut self,
        settings: &[Setting<'_>],
        command_line: &[Line],
        warnings: &mut Vec<String>,
    ) -> Result<Change, Refusal> {
        let mut next = Self::default();
        warnings.extend(
            settings
                .iter()
                .filter_map(|setting| deprecated(setting, true)),
        );
        for setting in settings {
            warnings.extend(deprecated(setting, false));
            warnings.extend(next.add_line(setting)?);
        }
        next.put_above(command_line);
        warnings.extend(check::check(self, &mut next)?);
        Ok(self.replace(next))
    }

    /// Becomes another configuration.
    pub(crate) fn replace(&mut self, next: Self) -> Change {
        let changed = (0..self.values.len())
            .filter(|holder| self.values[*holder] != next.values[*holder])
            .flat_map(|holder| next.lines(holder))
            .collect();
        *self = next;
        Change { changed }
    }

    /// The answer to GETCONF with one key: a line for each value; `None` where
    /// there is no such option.
    pub(crate) fn get(&self, key: &[u8]) -> Option<Vec<Vec<u8>>> {
        let index = OPTIONS.find(key)?;
        let option = OPTIONS.at(index);
        if OPTIONS.spelling(key) == Spelling::Alias {
            // tor finds the option, and then no value by that name.
            return Some(vec![option.name.into()]);
        }
        Some(self.lines(index))
    }

    /// What tor warns of where an option is asked for by a name that is not its own.
    pub(crate) fn warnings_of_get(&self, key: &[u8]) -> Vec<String> {
        let Some(index) = OPTIONS.find(key) else {
            return Vec::new();
        };
        let looks = match OPTIONS.spelling(key) {
            Spelling::Full => 0,
            Spelling::Alias => {
                let key = to_text(key);
                return vec![format!("Unknown option '{key}'.  Failing.")];
            }
            Spelling::Singular => 1,
            // Where there is no value, tor looks once more.
            Spelling::Abbreviated => match self.lines(index).as_slice() {
                [line] if !line.contains(&b'=') => 3,
                _ => 2,
            },
        };
        vec![abbreviated(key, index); looks]
    }

    /// What SAVECONF would write: the lines that differ from the defaults.
    pub(crate) fn text(&self) -> Vec<u8> {
        let defaults = Self::default();
        let mut text = Vec::new();
        for (holder, (values, default)) in self.values.iter().zip(&defaults.values).enumerate() {
            if values == default {
                continue;
            }
            let option = OPTIONS.at(holder);
            if values.is_empty() && option.kind.shows_emptiness() {
                text.extend_from_slice(option.name.as_bytes());
                text.push(b'\n');
            }
            // Options for controllers alone are not saved.
            let saved = |value: &&Value| !OPTIONS.at(value.option).name.starts_with("__");
            for value in values.iter().filter(saved) {
                let mut line = value.encode();
                if let Some(equals) = line.iter().position(|byte| *byte == b'=') {
                    line[equals] = b' ';
                }
                text.extend_from_slice(&line);
                text.push(b'\n');
            }
        }
        text
    }

    /// The value of an option that has one at most.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.all_values(name).last().copied()
    }

    /// The values of an option, or of the whole group of a virtual one.
    pub(crate) fn all_values(&self, name: &str) -> Vec<&str> {
        let option = OPTIONS.find(name.as_bytes());
        option
            .into_iter()
            .flat_map(|option| self.values(option))
            .filter_map(|value| str::from_utf8(&value.text).ok())
            .collect()
    }

    /// The options of a group with their values, in the order in which they were set.
    pub(super) fn group(&self, name: &str) -> Vec<(&'static str, &str)> {
        let option = OPTIONS.find(name.as_bytes());
        option
            .into_iter()
            .flat_map(|option| self.values(option))
            .filter_map(|value| {
                Some((
                    OPTIONS.at(value.option).name,
                    str::from_utf8(&value.text).ok()?,
                ))
            })
            .collect()
    }

    /// The number that an option is; zero where it is none.
    pub(super) fn number(&self, name: &str) -> i64 {
        let number = self.value(name).and_then(|text| text.parse().ok());
        number.unwrap_or_default()
    }

    /// The same for one that has a fraction.
    pub(super) fn real(&self, name: &str) -> f64 {
        let number = self.value(name).and_then(|text| text.parse().ok());
        number.unwrap_or_default()
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.value(name) == Some("1")
    }

    /// Whether an option has its default.
    pub(super) fn is_default(&self, name: &str) -> bool {
        OPTIONS.find(name.as_bytes()).is_none_or(|option| {
            let default = initial(option, Reset::ToDefault);
            self.values[option].iter().eq(&default)
        })
    }

    /// Gives an option another value.
    pub(super) fn put(&mut self, name: &str, text: impl ToString) {
        if let Some(option) = OPTIONS.find(name.as_bytes()) {
            let text = text.to_string().into_bytes();
            self.values[option] = vec![Value { option, text }];
        }
    }

    /// Gives a list that is empty the lines of another: they keep its name.
    pub(super) fn fill(&mut self, name: &str, from: &str) {
        let [option, from] = [name, from].map(|name| OPTIONS.find(name.as_bytes()));
        if let (Some(option), Some(from)) = (option, from)
            && self.values[option].is_empty()
        {
            self.values[option] = self.values[from].clone();
        }
    }

    /// The bytes of an option that has one value at most.
    pub(super) fn bytes(&self, name: &str) -> Option<&[u8]> {
        let option = OPTIONS.find(name.as_bytes())?;
        Some(&self.values[option].first()?.text)
    }

    /// The values of an option, or of the whole group of a virtual one.
    fn values(&self, option: OptionIndex) -> impl Iterator<Item = &Value> {
        let holder = OPTIONS.at(option).holder;
        let all = option == holder;
        self.values[holder]
            .iter()
            .filter(move |value| all || value.option == option)
    }

    /// The same, a line for each, or the line that there is none.
    fn lines(&self, option: OptionIndex) -> Vec<Vec<u8>> {
        let lines: Vec<_> = self.values(option).map(Value::encode).collect();
        if !lines.is_empty() {
            return lines;
        }
        let option = OPTIONS.at(option);
        let mut line = option.name.as_bytes().to_vec();
        if option.kind.shows_emptiness() {
            line.push(b'=');
        }
        vec![line]
    }
}

pub(super) fn abbreviated(key: &[u8], option: OptionIndex) -> String {
    format!(
        "The abbreviation '{}' is deprecated. Please use '{}' instead",
        to_text(key),
        OPTIONS.at(option).name
    )
}

/// What an option has once it is reset.
pub(super) fn initial(holder: OptionIndex, reset: Reset) -> Option<Value> {
    let option = OPTIONS.at(holder);
    let text = match reset {
        Reset::ToDefault => option.default.clone().or_else(|| value::zero(option.kind)),
        Reset::ToZero => value::zero(option.kind),
    };
    text.filter(|text| !text.is_empty()).map(|text| Value {
        option: holder,
        text,
    })
}

impl Value {
    /// `NAME=VALUE`, quoted where tor does it.
    fn encode(&self) -> Vec<u8> {
        Setting {
            key: Cow::Borrowed(OPTIONS.at(self.option).name),
            value: Some(Cow::Borrowed(&self.text)),
        }
        .encode()
    }
}
