//! The targets that a suite runs on.

use std::fmt;

use clap::ValueEnum;

/// The variable that names the target for a suite.
pub(crate) const VARIABLE: &str = "TOR_HARNESS_TARGET";

/// Makes [`Target`] of one table; a doc is what `--help` says.
macro_rules! targets {
    ($($(#[doc = $doc:literal])* $target:ident, $name:literal;)*) => {
        /// What a suite runs against.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
        pub(crate) enum Target {
            $($(#[doc = $doc])* #[value(name = $name)] $target,)*
        }

        impl Target {
            /// As it is called on the command line and in the variable.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$target => $name,)*
                }
            }
        }
    };
}

targets! {
    /// No fixture at all: recordings and what else needs none
    None, "none";
    /// The mock control port
    Mock, "mock";
    /// A tor whose control port asks for nothing
    Open, "open";
    /// A tor that asks for a password
    Password, "password";
    /// A tor that asks for its cookie
    Cookie, "cookie";
    /// The same tor, by the safe cookie's challenge
    Safecookie, "safecookie";
    /// A tor that listens on a Unix socket
    Socket, "socket";
    /// A tor that has bootstrapped in a private network
    Network, "network";
}

impl Target {
    /// Whether a real tor is behind it.
    pub(crate) fn needs_tor(self) -> bool {
        !matches!(self, Self::None | Self::Mock)
    }
}

/// The targets on which a suite makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunsOn {
    /// None, as it needs no fixture: it runs once.
    None,
    /// Only where a network lives.
    Network,
    /// Only where none does.
    Offline,
    /// Whatever has a fixture.
    Fixtures,
}

impl RunsOn {
    /// The names of the lists in which the suites' Cargo.toml has those that do not run everywhere.
    pub(crate) const LISTS: [(&str, Self); 3] = [
        ("fixtureless", Self::None),
        ("networked", Self::Network),
        ("offline", Self::Offline),
    ];

    /// Whether the target is one of them.
    pub(crate) fn has(self, target: Target) -> bool {
        match self {
            Self::None => target == Target::None,
            Self::Network => target == Target::Network,
            Self::Offline => !matches!(target, Target::None | Target::Network),
            Self::Fixtures => target != Target::None,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// xtask does not know the crate that makes the fixtures, but its text.
    #[test]
    fn fixtures_have_the_same_targets() {
        let file = crate::cargo::root().join("harness/tor-harness/src/fixture/target.rs");
        let text = std::fs::read_to_string(file).unwrap();
        let (_, table) = text
            .split_once("pub const ALL: &'static [Self] = &[")
            .unwrap();
        let (table, _) = table.split_once("];").unwrap();
        // Every string in the table is a name.
        let theirs: Vec<_> = table.split('"').skip(1).step_by(2).collect();
        let with_fixture = |target: &&Target| **target != Target::None;
        let ours: Vec<_> = Target::value_variants()
            .iter()
            .filter(with_fixture)
            .map(|target| target.name())
            .collect();
        assert_eq!(ours, theirs);
    }
}
