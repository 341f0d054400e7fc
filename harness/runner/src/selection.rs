//! The tests that a command line selects.

use clap::Parser;
use libtest_mimic::{Arguments, Trial};

/// What a command line selects of a suite's tests, by libtest's rules.
pub(crate) struct Selection {
    libtest: Arguments,
    /// A trial is selected if one of these selects it: libtest takes several filters, libtest-mimic
    /// takes one.
    alternatives: Vec<Arguments>,
}

/// libtest's command line.
#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    libtest: Arguments,

    /// More filters: a test is run if it matches any of them
    #[arg(value_name = "FILTER")]
    more_filters: Vec<String>,
}

impl Selection {
    /// What this process was told; it ends here where that cannot be read.
    pub(crate) fn from_command_line() -> Self {
        let CommandLine {
            libtest,
            more_filters,
        } = CommandLine::parse();
        let with = |filter| Arguments {
            filter,
            ..libtest.clone()
        };
        let alternatives = std::iter::once(libtest.filter.clone())
            .chain(more_filters.into_iter().map(Some))
            .map(with)
            .collect();
        Self {
            libtest,
            alternatives,
        }
    }

    /// Whether the tests are only to be listed.
    pub(crate) fn is_listing(&self) -> bool {
        self.libtest.list
    }

    /// Whether a test can be selected, whatever it requires.
    pub(crate) fn may_select(&self, name: &str) -> bool {
        self.selects(&Trial::test(name, || Ok(())).with_ignored_flag(true))
    }

    /// How many of the trials are selected, with arguments that select them. Those name what is
    /// *not* selected, which is how libtest-mimic is brought to count it as filtered out.
    pub(crate) fn of(self, trials: &[Trial]) -> (usize, Arguments) {
        let skip: Vec<_> = trials
            .iter()
            .filter(|trial| !self.selects(trial))
            .map(|trial| trial.name().to_owned())
            .collect();
        let selected = trials.len() - skip.len();
        let arguments = Arguments {
            filter: None,
            exact: true,
            ignored: false,
            include_ignored: true,
            skip,
            ..self.libtest
        };
        (selected, arguments)
    }

    fn selects(&self, trial: &Trial) -> bool {
        self.alternatives
            .iter()
            .any(|alternative| !alternative.is_filtered_out(trial))
    }
}
