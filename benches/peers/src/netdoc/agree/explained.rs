//! Differences, and why there are some.

use std::fmt;

use anyhow::{Result, bail, ensure};

/// A difference between two who judge the same.
pub(super) struct Difference {
    /// What they judge, by whom.
    pub(super) what: String,
    /// What came.
    pub(super) said: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.said)
    }
}

/// Compares differences with those that are explained in a file, each in a line `WHAT: WHY`,
/// and prints what is not in both; `judged` says of how many.
///
/// # Errors
/// If there is such.
pub(super) fn compare(
    judged: &str,
    differences: &[Difference],
    file: &str,
    table: &str,
) -> Result<()> {
    let explained = explanations(file, table)?;
    let is_explained = |difference: &&Difference| explained.contains(&&*difference.what);
    let is_stale = |what: &&&str| {
        differences
            .iter()
            .all(|difference| difference.what != ***what)
    };
    let unexplained: Vec<_> = differences.iter().filter(|it| !is_explained(it)).collect();
    let stale: Vec<_> = explained.iter().filter(is_stale).collect();
    for difference in &unexplained {
        println!("not explained: {difference}");
    }
    for what in &stale {
        println!("explained, but there is no difference: {what}");
    }
    println!("{judged}, {} differences", differences.len());
    ensure!(
        unexplained.is_empty() && stale.is_empty(),
        "{} differences are not explained, {} explanations are stale; see \
         benches/peers/src/netdoc/agree/{file}",
        unexplained.len(),
        stale.len()
    );
    Ok(())
}

fn explanations<'t>(file: &str, table: &'t str) -> Result<Vec<&'t str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| match line.split_once(": ") {
            Some((what, why)) if !why.is_empty() => Ok(what),
            _ => bail!("expected `WHAT: WHY` in {file}, got {line:?}"),
        })
        .collect()
}
