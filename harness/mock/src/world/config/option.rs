//! The options that tor has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::unlisted::{ALIASES, SINGULARS};
use super::value;
use crate::knowledge::KNOWLEDGE;

/// An option's place in [`OPTIONS`], which has tor's own order.
pub(super) type OptionIndex = usize;

/// One option.
pub(super) struct ConfigOption {
    /// The name in tor's own spelling.
    pub(super) name: &'static str,
    /// What its values are.
    pub(super) kind: Kind,
    /// The option that holds its values: itself, or the virtual one of its group.
    pub(super) holder: OptionIndex,
    /// The value that it has until it is set, as GETCONF says it.
    pub(super) default: Option<Vec<u8>>,
}

/// What an option's values are, as `GETINFO config/names` calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    BooleanOrAuto,
    Integer,
    SignedInteger,
    DataSize,
    TimeInterval,
    TimeMsecInterval,
    Float,
    CommaList,
    RouterList,
    LineList,
    /// One of the options of a group whose values keep their order.
    Dependent,
    /// The values of a group; nothing can be assigned to it.
    Virtual,
    /// Known, never set.
    Obsolete,
    /// A string, a file name, and whatever later tors come up with.
    String,
}

/// How an option's name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// In full, in any case.
    Full,
    /// By another name.
    Alias,
    /// Without the last letter, which makes a plural.
    Singular,
    /// By the beginning of its name.
    Abbreviated,
}

impl Kind {
    fn new(word: &str) -> Self {
        match word {
            "Boolean" => Self::Boolean,
            "Boolean+Auto" => Self::BooleanOrAuto,
            "Integer" => Self::Integer,
            "SignedInteger" => Self::SignedInteger,
            "DataSize" => Self::DataSize,
            "TimeInterval" => Self::TimeInterval,
            "TimeMsecInterval" => Self::TimeMsecInterval,
            "Float" => Self::Float,
            "CommaList" => Self::CommaList,
            "RouterList" => Self::RouterList,
            "LineList" => Self::LineList,
            "Dependent" | "Dependant" => Self::Dependent,
            "Virtual" => Self::Virtual,
            _ => Self::String,
        }
    }

    /// Whether it may have many values.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Self::LineList | Self::Dependent | Self::Virtual)
    }

    /// Whether GETCONF says `X=` rather than `X` where it has no value.
    pub(super) fn shows_emptiness(self) -> bool {
        matches!(self, Self::CommaList | Self::RouterList)
    }
}

/// All options.
pub(super) struct Options {
    all: Vec<ConfigOption>,
    by_name: BTreeMap<String, OptionIndex>,
    by_alias: BTreeMap<String, OptionIndex>,
}

/// The options that were recorded, with the aliases of [`super::unlisted`].
pub(super) static OPTIONS: LazyLock<Options> = LazyLock::new(|| {
    let defaults = recorded_defaults();
    let listed = KNOWLEDGE
        .text("config/names")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, kind)| (name, Kind::new(kind)));
    // Those of former tors have no value; what is left is for tor itself, and 0 or 1.
    let hidden = KNOWLEDGE
        .hidden_options
        .iter()
        .map(|(name, value)| match value {
            None => (name.as_str(), Kind::Obsolete),
            Some(_) => (name.as_str(), Kind::Boolean),
        });
    let mut names: Vec<_> = listed.chain(hidden).collect();
    // So tor sorts its own table, and abbreviations mean the first that fits.
    names.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    names.dedup_by_key(|(name, _)| *name);

    let by_name: BTreeMap<_, _> = names
        .iter()
        .enumerate()
        .map(|(index, (name, _))| (name.to_ascii_lowercase(), index))
        .collect();
    let all = names
        .into_iter()
        .enumerate()
        .map(|(index, (name, kind))| ConfigOption {
            name,
            kind,
            holder: group(name, kind)
                .and_then(|group| by_name.get(&group).copied())
                .unwrap_or(index),
            default: defaults
                .get(name)
                .filter(|_| !kind.is_list())
                .map(|text| value::parse(kind, text).unwrap_or_else(|_| text.to_vec())),
        })
        .collect();
    let by_alias = ALIASES
        .iter()
        .filter_map(|(alias, name)| {
            let index = by_name.get(&name.to_ascii_lowercase())?;
            Some((alias.to_ascii_lowercase(), *index))
        })
        .collect();
    Options {
        all,
        by_name,
        by_alias,
    }
});

impl Options {
    /// The option of a name in any case, an alias, or the start of a name.
    pub(super) fn find(&self, name: &[u8]) -> Option<OptionIndex> {
        let name = str::from_utf8(name).ok()?.to_ascii_lowercase();
        if name.is_empty() {
            return None;
        }
        let found = self.by_name.get(&name).or_else(|| self.by_alias.get(&name));
        found.copied().or_else(|| {
            let (longer, index) = self.by_name.range(name.clone()..).next()?;
            longer.starts_with(&name).then_some(*index)
        })
    }

    /// How a name is another than the option's own.
    pub(super) fn spelling(&self, name: &[u8]) -> Spelling {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        if self.by_name.contains_key(&name) {
            Spelling::Full
        } else if self.by_alias.contains_key(&name) {
            Spelling::Alias
        } else if SINGULARS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&name))
        {
            Spelling::Singular
        } else {
            Spelling::Abbreviated
        }
    }

    /// The option at a place that came from here.
    pub(super) fn at(&self, index: OptionIndex) -> &ConfigOption {
        &self.all[index]
    }

    /// All of them, in tor's order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &ConfigOption> {
        self.all.iter()
    }
}

/// The virtual option, in lower case, that holds the values of a dependent one.
fn group(name: &str, kind: Kind) -> Option<String> {
    if kind != Kind::Dependent {
        return None;
    }
    let name = name.to_ascii_lowercase();
    if name.starts_with("hiddenservice") {
        return Some("hiddenserviceoptions".to_owned());
    }
    Some(name.trim_start_matches('_').to_owned() + "lines")
}

/// Values by name: `NAME "VALUE"`.
fn recorded_defaults() -> BTreeMap<&'static str, &'static [u8]> {
    KNOWLEDGE
        .text("config/defaults")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, value)| (name, value.trim_matches('"').as_bytes()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_as_tor_does() {
        for (asked, found) in [
            ("SocksPort", "SocksPort"),
            ("socksport", "SocksPort"),
            ("socksp", "SocksPolicy"),
            ("S", "SafeLogging"),
            ("l", "LearnCircuitBuildTimeout"),
            ("n", "NamingAuthoritativeDirectory"),
            ("v", "V1AuthoritativeDirectory"),
            ("_", "___UsingTestNetworkDefaults"),
            ("control", "ControlListenAddress"),
            ("maxconn", "ConnLimit"),
            ("NumEntryNodes", "NumEntryGuards"),
            ("EntryNode", "EntryNodes"),
        ] {
            let index = OPTIONS.find(asked.as_bytes()).unwrap();
            assert_eq!(OPTIONS.at(index).name, found, "{asked}");
        }
        for asked in [
            "",
            "nonsense",
            "SocksPort=1",
            "\"SocksPort\"",
            "NumEntryGuardsx",
        ] {
            assert_eq!(OPTIONS.find(asked.as_bytes()), None, "{asked}");
        }
    }

    #[test]
    fn every_group_has_its_holder() {
        for option in OPTIONS
            .iter()
            .filter(|option| option.kind == Kind::Dependent)
        {
            let holder = OPTIONS.at(option.holder);
            assert_eq!(holder.kind, Kind::Virtual, "{}", option.name);
        }
    }
}
