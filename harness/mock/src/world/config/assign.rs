//! How options get other values, not yet checked against each other.

use tor_harness_control::reply::Setting;

use super::option::{Kind, OPTIONS, OptionIndex, Spelling};
use super::refusal::Refusal;
use super::store::{Config, Reset, Value, abbreviated, initial};
use super::unlisted::DEPRECATED;
use super::value::{self, ValueError};

impl Config {
    /// First every option that is named loses its values, then each setting
    /// adds its own.
    pub(super) fn assign(
        &mut self,
        settings: &[Setting<'_>],
        reset: Reset,
        warnings: &mut Vec<String>,
    ) -> Result<(), Refusal> {
        // Not a warning for each, but for each look at the name.
        for setting in settings {
            warnings.extend(deprecated(setting, true));
            if let Some(option) = OPTIONS.find(setting.key.as_bytes()) {
                self.reset(OPTIONS.at(option).holder, reset);
            }
        }
        for setting in settings {
            warnings.extend(deprecated(setting, false));
            self.add(setting)?;
        }
        Ok(())
    }

    /// A line of a torrc, where no value takes back an earlier one; or else what tor warns of.
    pub(super) fn add_line(&mut self, setting: &Setting<'_>) -> Result<Option<String>, Refusal> {
        let is_empty = setting.value.as_deref().unwrap_or_default().is_empty();
        let option = OPTIONS.find(setting.key.as_bytes()).filter(|_| is_empty);
        let Some(option) = option.map(|option| OPTIONS.at(option)) else {
            self.add(setting)?;
            return Ok(None);
        };
        if option.kind.is_list() && setting.value.is_some() {
            let name = option.name;
            return Ok(Some(format!(
                "Linelist option '{name}' has no value. Skipping."
            )));
        }
        self.reset(option.holder, Reset::ToZero);
        Ok(None)
    }

    pub(super) fn reset(&mut self, holder: OptionIndex, reset: Reset) {
        self.values[holder] = initial(holder, reset).into_iter().collect();
    }

    fn add(&mut self, setting: &Setting<'_>) -> Result<(), Refusal> {
        let Some(index) = OPTIONS.find(setting.key.as_bytes()) else {
            return Err(Refusal::Unrecognized(format!(
                "Unknown option '{}'.  Failing.",
                setting.key
            )));
        };
        let option = OPTIONS.at(index);
        let text = setting.value.as_deref().unwrap_or_default();
        if text.is_empty() || option.kind == Kind::Obsolete {
            return Ok(());
        }
        // Once these were lists: the first entry is what counts.
        let text = match option.name.ends_with("DownloadInitialDelay") {
            true => text.split(|byte| *byte == b',').next().unwrap_or_default(),
            false => text,
        };
        let text = value::parse(option.kind, text).map_err(|error| {
            Refusal::Unacceptable(match error {
                ValueError::Malformed(what) => format!("Could not parse {}: {what}", option.name),
                ValueError::Whole(what) => what.to_owned(),
            })
        })?;
        let values = &mut self.values[option.holder];
        let text = match values.first() {
            // tor makes one list of those that come in one command.
            Some(before) if option.kind == Kind::RouterList && !text.is_empty() => {
                [&before.text, &b","[..], &text].concat()
            }
            Some(before) if option.kind == Kind::RouterList => before.text.clone(),
            _ => text,
        };
        if option.kind == Kind::RouterList || !option.kind.is_list() {
            values.clear();
        }
        // A list may turn out to have no entry.
        if !text.is_empty() {
            values.push(Value {
                option: index,
                text,
            });
        }
        Ok(())
    }
}

/// What tor warns of when it looks for an option to set.
pub(super) fn deprecated(setting: &Setting<'_>, is_first: bool) -> Option<String> {
    let key = setting.key.as_bytes();
    let option = OPTIONS.find(key)?;
    match OPTIONS.spelling(key) {
        Spelling::Abbreviated => Some(abbreviated(key, option)),
        Spelling::Alias => {
            let is_meant = |name: &&&str| name.as_bytes().eq_ignore_ascii_case(key);
            let alias = DEPRECATED.iter().find(is_meant).filter(|_| is_first)?;
            let name = OPTIONS.at(option).name;
            Some(format!(
                "The configuration option '{alias}' is deprecated; use '{name}' instead."
            ))
        }
        _ => None,
    }
}
