//! The command that runs failed tests again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::ledger::WHOLE_SUITE;
use super::outcome::Outcomes;

/// Command lines that run just the tests that failed: one for all targets with the same failures.
pub(crate) fn commands(outcomes: &Outcomes, tor: Option<&Path>) -> Vec<String> {
    let mut by_target: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (target, test) in outcomes.failures() {
        let tests = by_target.entry(*target).or_default();
        // A suite that failed as a whole has no test of that name; what else failed in it is here
        // by itself.
        if test.name != WHOLE_SUITE {
            tests.insert(format!("{}::{}", test.suite, test.name));
        }
    }
    let mut by_tests: BTreeMap<BTreeSet<String>, Vec<&str>> = BTreeMap::new();
    for (target, tests) in by_target {
        by_tests.entry(tests).or_default().push(target.name());
    }
    by_tests
        .into_iter()
        .map(|(tests, targets)| {
            let mut words = vec!["cargo xtask test --target".to_owned(), targets.join(",")];
            if let Some(tor) = tor {
                words.extend(["--tor".to_owned(), quoted(&tor.to_string_lossy())]);
            }
            if !tests.is_empty() {
                words.push("--exact".to_owned());
            }
            words.extend(tests.iter().map(|test| quoted(test)));
            words.join(" ")
        })
        .collect()
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-:./,=+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::summary::tests::{failed, passed};
    use super::super::target::Target;
    use super::*;

    #[test]
    fn only_what_failed_runs_again() {
        let outcomes = |tests| Outcomes {
            tests,
            notes: Vec::new(),
        };
        let cookie = || failed("auth", "cookie", 0.0, "no");
        for (tests, tor, expected) in [
            (
                vec![(Target::Mock, passed("auth", "cookie", 0.0, 0.0))],
                None,
                &[][..],
            ),
            (
                vec![(Target::Mock, cookie()), (Target::Open, cookie())],
                None,
                &["cargo xtask test --target mock,open --exact auth::cookie"],
            ),
            (
                vec![
                    (Target::Open, cookie()),
                    (Target::Mock, cookie()),
                    (Target::Mock, failed("auth", "it's 1", 0.0, "no")),
                ],
                Some("/opt/my tor"),
                &[
                    "cargo xtask test --target open --tor '/opt/my tor' --exact auth::cookie",
                    r"cargo xtask test --target mock --tor '/opt/my tor' --exact auth::cookie 'auth::it'\''s 1'",
                ],
            ),
            (
                vec![(Target::Mock, failed("auth", WHOLE_SUITE, 0.0, "no"))],
                None,
                &["cargo xtask test --target mock"],
            ),
        ] {
            assert_eq!(commands(&outcomes(tests), tor.map(Path::new)), expected);
        }
    }
}
