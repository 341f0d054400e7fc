//! The command line of `cargo xtask test`.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, ValueEnum};

use super::target::Target;

/// Run the integration suites against the mock and a real tor, and say how long each test took
///
/// The last line is always `N passed, N failed, N skipped`. Exit status: 0 all is well, 1 something
/// failed, 2 the command line is wrong or selects nothing.
#[derive(Args, Debug, Default)]
#[command(after_long_help = "Examples:
  cargo xtask test --verbose                     everything, a line for each test
  cargo xtask test --target mock getinfo         tests whose name contains getinfo, on the mock
  cargo xtask test --exact 'info::one key'       one test, on every target
  cargo xtask test --tor ./src/app/tor           with the tor just built

Without a tor, the targets that need one are skipped. The events of each run stay in target/tor-harness/runs.")]
pub(crate) struct Flags {
    /// One line for each test instead of one for each suite
    #[arg(long, short)]
    pub(crate) verbose: bool,

    /// What to run against, separated by commas
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "all",
        value_name = "TARGET,..."
    )]
    pub(crate) target: Vec<Choice>,

    /// The tor to test with [default: TOR_HARNESS_TOR, or else `tor` on PATH]
    #[arg(long, value_name = "PATH")]
    pub(crate) tor: Option<PathBuf>,

    /// Fail where this is missing instead of skipping what needs it
    #[arg(long, value_name = "WHAT")]
    pub(crate) require: Option<Required>,

    /// Filters match the whole name, not a part of it
    #[arg(long)]
    pub(crate) exact: bool,

    /// Leave out tests that match, by the same rules as FILTER; may be given several times
    #[arg(long, value_name = "FILTER")]
    pub(crate) skip: Vec<String>,

    /// How many of the slowest tests to name at the end
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) slowest: usize,

    /// How many tests run at once [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Write one JSON object for each test to a file, as they finish
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Write a JUnit report to a file, at the end
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,

    /// Run only tests whose `name` or `suite::name` contains one of these
    #[arg(value_name = "FILTER")]
    pub(crate) filters: Vec<String>,
}

/// A word after `--target`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    One(Target),
    All,
}

/// A word after `--require`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Required {
    /// A real tor
    Tor,
}

impl Flags {
    /// What runs everything.
    pub(crate) fn everything(require: Option<Required>) -> Self {
        Self {
            target: vec![Choice::All],
            require,
            slowest: 5,
            ..Self::default()
        }
    }

    /// The targets that are named, in their own order, each once.
    pub(crate) fn targets(&self) -> BTreeSet<Target> {
        self.target
            .iter()
            .flat_map(|choice| match choice {
                Choice::One(target) => std::slice::from_ref(target),
                Choice::All => Target::value_variants(),
            })
            .copied()
            .collect()
    }
}

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Choice>> = LazyLock::new(|| {
            let single = Target::value_variants().iter().copied().map(Choice::One);
            std::iter::once(Choice::All).chain(single).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        match self {
            Self::One(target) => target.to_possible_value(),
            Self::All => Some(clap::builder::PossibleValue::new("all").help("Every one of them")),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        flags: Flags,
    }

    fn targets(args: &[&str]) -> Result<Vec<Target>, String> {
        Command::try_parse_from([&["test"], args].concat())
            .map(|command| command.flags.targets().into_iter().collect())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn targets_are_named() {
        let all = Target::value_variants().to_vec();
        assert_eq!(targets(&[]), Ok(all.clone()));
        assert_eq!(targets(&["--target", "mock,all"]), Ok(all));
        assert_eq!(
            targets(&["--target", "cookie,mock", "--target", "mock"]),
            Ok(vec![Target::Mock, Target::Cookie])
        );
        let error = targets(&["--target", "moc"]).unwrap_err();
        assert!(
            error.contains(
                "[possible values: all, none, mock, open, password, cookie, safecookie, socket, network]"
            ),
            "{error}"
        );
    }

    #[test]
    fn everything_is_what_no_flags_mean() {
        let typed = Command::try_parse_from(["test", "--require", "tor"])
            .unwrap()
            .flags;
        let made = Flags::everything(Some(Required::Tor));
        assert_eq!(format!("{typed:?}"), format!("{made:?}"));
    }
}
