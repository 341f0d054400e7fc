//! Which tests a command line selects.

use super::flags::Flags;

/// The filters of a command line.
pub(crate) struct Selection<'f> {
    exact: bool,
    filters: &'f [String],
    skip: &'f [String],
}

impl<'f> Selection<'f> {
    pub(crate) fn new(flags: &'f Flags) -> Self {
        Self {
            exact: flags.exact,
            filters: &flags.filters,
            skip: &flags.skip,
        }
    }

    /// Whether a test of a suite is selected: a filter matches it (or there is none), and no
    /// `--skip` does.
    pub(crate) fn selects(&self, suite: &str, name: &str) -> bool {
        let full = format!("{suite}::{name}");
        let matches = |pattern: &String| {
            if self.exact {
                pattern == name || *pattern == full
            } else {
                full.contains(pattern.as_str())
            }
        };
        (self.filters.is_empty() || self.filters.iter().any(matches))
            && !self.skip.iter().any(matches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `--exact`, filters, `--skip`, which of `auth::cookie`, `auth::bad_cookie`, `events::cookie`
    /// are selected.
    type Case = (
        bool,
        &'static [&'static str],
        &'static [&'static str],
        [bool; 3],
    );

    #[test]
    fn selections() {
        const CASES: &[Case] = &[
            (false, &[], &[], [true, true, true]),
            (false, &["cookie"], &[], [true, true, true]),
            (false, &["auth"], &[], [true, true, false]),
            (false, &["auth::cookie"], &[], [true, false, false]),
            (false, &["h::c", "bad"], &[], [true, true, false]),
            (false, &["nothing"], &[], [false, false, false]),
            (true, &["cookie"], &[], [true, false, true]),
            (
                true,
                &["auth::cookie", "bad_cookie"],
                &[],
                [true, true, false],
            ),
            (true, &["auth"], &[], [false, false, false]),
            (false, &["auth"], &["bad"], [true, false, false]),
            (
                true,
                &[],
                &["cookie", "auth::bad_cookie"],
                [false, false, false],
            ),
        ];
        for (exact, filters, skip, expected) in CASES {
            let owned = |words: &[&str]| {
                words
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect::<Vec<_>>()
            };
            let flags = Flags {
                exact: *exact,
                filters: owned(filters),
                skip: owned(skip),
                ..Flags::default()
            };
            let selection = Selection::new(&flags);
            let selected = [
                ("auth", "cookie"),
                ("auth", "bad_cookie"),
                ("events", "cookie"),
            ]
            .map(|(suite, name)| selection.selects(suite, name));
            assert_eq!(
                &selected, expected,
                "exact {exact}, filters {filters:?}, skip {skip:?}"
            );
        }
    }
}
