//! What tor-netdoc takes for good, beside what is.

use std::fmt;

use anyhow::{Context as _, Result, bail, ensure};
use tor_harness_netdoc::{Document, Kind};

use super::tor_netdoc::Generation;

/// The differences that are known: a line each, `PATH GENERATION: WHY`.
const EXPLAINED: &str = include_str!("differences.txt");

/// Has every network document of the fixtures read by us and by tor-netdoc, and prints
/// where that differs from whether it is good.
///
/// # Errors
/// If a difference is not explained, or an explanation is not needed.
pub(crate) fn agree() -> Result<()> {
    let explained = explanations(EXPLAINED)?;
    let mut differences = Vec::new();
    let mut read = 0;
    for document in Sample::all() {
        for (reader, verdict) in document.verdicts() {
            read += 1;
            if verdict.is_ok() != document.is_good {
                differences.push(Difference {
                    path: document.path,
                    reader,
                    verdict,
                });
            }
        }
    }
    let is_explained = |difference: &&Difference| {
        let mut all = explained.iter();
        all.any(|known| known.path == difference.path && known.reader == difference.reader)
    };
    let is_stale = |known: &&Explanation<'_>| {
        let mut all = differences.iter();
        !all.any(|difference| known.path == difference.path && known.reader == difference.reader)
    };
    let unexplained: Vec<_> = differences.iter().filter(|it| !is_explained(it)).collect();
    let stale: Vec<_> = explained.iter().filter(is_stale).collect();
    for difference in &unexplained {
        println!("not explained: {difference}");
    }
    for Explanation { path, reader } in &stale {
        println!("explained, but there is no difference: {path} {reader}");
    }
    println!("{read} readings, {} differences", differences.len());
    ensure!(
        unexplained.is_empty() && stale.is_empty(),
        "{} differences are not explained, {} explanations are stale; see \
         benches/peers/src/netdoc/differences.txt",
        unexplained.len(),
        stale.len()
    );
    Ok(())
}

/// Our own reader, beside the names of tor-netdoc's generations.
const OURS: &str = "ours";

/// A document of the fixtures: `netdoc/KIND/NAME`, or `netdoc/KIND/bad/NAME`.
struct Sample {
    path: &'static str,
    kind: &'static str,
    is_good: bool,
    bytes: &'static [u8],
}

impl Sample {
    fn all() -> impl Iterator<Item = Self> {
        let recorded = tor_fixtures::all().iter();
        let written = tor_fixtures::written().iter();
        recorded
            .map(|fixture| (fixture.path, fixture.bytes))
            .chain(written.map(|document| (document.path, document.bytes)))
            .filter_map(|(path, bytes)| Self::of(path, bytes))
    }

    fn of(path: &'static str, bytes: &'static [u8]) -> Option<Self> {
        let mut folders = path.split('/');
        if folders.next() != Some("netdoc") {
            return None;
        }
        let (bad, kinds): (Vec<_>, Vec<_>) = folders.partition(|folder| *folder == "bad");
        Some(Self {
            path,
            kind: kinds.first()?,
            is_good: bad.is_empty(),
            bytes,
        })
    }

    /// What each reader that knows the kind says.
    fn verdicts(&self) -> Vec<(&'static str, Result<()>)> {
        let ours = self.kind.parse().ok().map(|kind: Kind| {
            let problems = kind.check(&Document::new(self.bytes));
            let verdict = match problems.first() {
                None => Ok(()),
                Some(first) => bail_with(first.render(self.bytes)),
            };
            (OURS, verdict)
        });
        let theirs = Generation::ALL.into_iter().filter_map(|generation| {
            let read = generation.reader(self.kind)?;
            // The blank line that tor sends behind a document is not part of it.
            let bytes = match self.bytes.strip_suffix(b"\n\n") {
                Some(document) => &self.bytes[..document.len() + 1],
                None => self.bytes,
            };
            let text = str::from_utf8(bytes).context("it is no text");
            Some((generation.name(), text.and_then(read)))
        });
        ours.into_iter().chain(theirs).collect()
    }
}

fn bail_with(problem: String) -> Result<()> {
    bail!("{}", problem.trim_end())
}

/// A good document that was refused, or a bad one that was not.
struct Difference {
    path: &'static str,
    reader: &'static str,
    verdict: Result<()>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.path, self.reader)?;
        match &self.verdict {
            Ok(()) => f.write_str("takes it"),
            Err(error) => write!(f, "refuses it: {error:#}"),
        }
    }
}

/// A difference that is known.
struct Explanation<'t> {
    path: &'t str,
    reader: &'t str,
}

fn explanations(table: &str) -> Result<Vec<Explanation<'_>>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (known, why) = line.split_once(": ").unwrap_or_default();
            match known.split_once(' ') {
                Some((path, reader)) if !why.is_empty() => Ok(Explanation { path, reader }),
                _ => bail!("expected `PATH GENERATION: WHY` in differences.txt, got {line:?}"),
            }
        })
        .collect()
}
