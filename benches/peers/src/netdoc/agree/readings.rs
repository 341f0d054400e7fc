//! Whether what is good is read, and only that.

use anyhow::{Context as _, Result, bail};
use tor_harness_netdoc::{Document, Kind};

use super::explained::{Difference, compare};
use super::sample::Sample;
use crate::netdoc::tor_netdoc::Generation;

/// Our own reader, beside the names of tor-netdoc's generations.
const OURS: &str = "ours";

/// Has every network document read, and prints where that differs from whether it is good.
///
/// # Errors
/// If a difference is not explained, or an explanation is not needed.
pub(super) fn agree() -> Result<()> {
    let mut differences = Vec::new();
    let mut read = 0;
    for sample in Sample::all() {
        for (reader, verdict) in verdicts(&sample) {
            read += 1;
            if verdict.is_ok() != sample.is_good {
                differences.push(Difference {
                    what: format!("{} {reader}", sample.path),
                    said: match verdict {
                        Ok(()) => "takes it".to_owned(),
                        Err(error) => format!("refuses it: {error:#}"),
                    },
                });
            }
        }
    }
    let table = include_str!("differences.txt");
    compare(
        &format!("{read} readings"),
        &differences,
        "differences.txt",
        table,
    )
}

/// What each reader that knows the kind says.
fn verdicts(sample: &Sample) -> Vec<(&'static str, Result<()>)> {
    let ours = sample.kind.parse().ok().map(|kind: Kind| {
        let problems = kind.check(&Document::new(sample.bytes));
        let verdict = match problems.first() {
            None => Ok(()),
            Some(first) => bail_with(first.render(sample.bytes)),
        };
        (OURS, verdict)
    });
    let theirs = Generation::ALL.into_iter().filter_map(|generation| {
        let read = generation.reader(sample.kind)?;
        let text = str::from_utf8(sample.document()).context("it is no text");
        Some((generation.name(), text.and_then(read)))
    });
    ours.into_iter().chain(theirs).collect()
}

fn bail_with(problem: String) -> Result<()> {
    bail!("{}", problem.trim_end())
}
