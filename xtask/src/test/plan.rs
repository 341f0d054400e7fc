//! What runs where, decided before anything starts.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::build::{Build, Suite};
use super::select::Selection;
use super::target::{self, Target};

/// One child to come: a suite on a target.
pub(crate) struct Job<'b> {
    pub(crate) target: Target,
    pub(crate) suite: &'b Suite,
    /// The tests to run.
    pub(crate) tests: Vec<String>,
    /// Whether those are all that the suite has.
    pub(crate) whole: bool,
}

/// The jobs, target by target.
pub(crate) fn plan<'b>(
    build: &'b Build,
    targets: &BTreeSet<Target>,
    selection: &Selection<'_>,
) -> Result<Vec<Job<'b>>> {
    let mut jobs = Vec::new();
    for suite in &build.suites {
        let targets = targets.iter().copied();
        let targets: Vec<_> = targets.filter(|one| suite.runs_on.has(*one)).collect();
        // A suite does not know its target, so it has the same tests on each.
        let Some(&first) = targets.first() else {
            continue;
        };
        let all = list(suite, first, &build.folder)?;
        let tests: Vec<_> = all
            .iter()
            .filter(|name| selection.selects(&suite.name, name))
            .cloned()
            .collect();
        if tests.is_empty() {
            continue;
        }
        jobs.extend(targets.into_iter().map(|target| Job {
            target,
            suite,
            whole: tests.len() == all.len(),
            tests: tests.clone(),
        }));
    }
    jobs.sort_by_key(|job| job.target);
    Ok(jobs)
}

/// The names of a suite's tests; listing starts none of them.
fn list(suite: &Suite, target: Target, folder: &Path) -> Result<Vec<String>> {
    let output = Command::new(&suite.program)
        .args(["--list", "--format", "terse"])
        .env(target::VARIABLE, target.name())
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", suite.program.display()))?;
    if !output.status.success() {
        bail!(
            "suite {} cannot list its tests ({}):\n{}",
            suite.name,
            output.status,
            String::from_utf8_lossy(&output.stderr).trim_end()
        );
    }
    Ok(names(&String::from_utf8_lossy(&output.stdout)))
}

fn names(listing: &str) -> Vec<String> {
    listing
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_a_listing() {
        assert_eq!(
            names("cookie: test\nfile::a: b: test\nspeed: bench\n"),
            ["cookie", "file::a: b"]
        );
    }
}
