//! What became of all changes to all items of documents.

use std::collections::BTreeMap;
use std::fmt;

use tor_harness_netdoc::{Document, Kind, OwnedItem, ParseError};

use super::change::Change;
use super::scene::Scene;

/// What became of all changes to all items of documents: the law is that each is reported as a
/// problem, or harmless by the table, and not both.
///
/// Shown as two tables in Markdown, of the changes and of the reasons.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Tally {
    /// How often each change was made, and how often it was reported.
    changes: BTreeMap<String, [usize; 2]>,
    /// How often each reason was given.
    reasons: BTreeMap<&'static str, usize>,
    /// Each change that broke the law, in words.
    pub broken: Vec<String>,
}

/// How many items with the same keyword are changed in a document: a consensus has thousands.
const MOST_ALIKE: usize = 3;

impl Tally {
    /// Makes every change to the items of a document, of those with the same keyword to a few.
    pub fn add(&mut self, kind: Kind, document: &Document<'_>) {
        let items = document.items().filter(|item| !item.is_annotation());
        let scene = Scene::new(kind, items.map(OwnedItem::from).collect());
        let bytes = tor_harness_netdoc::encode(scene.items());
        let before = problems(&kind.check(&Document::new(&bytes)));
        let mut alike = BTreeMap::new();
        for (at, item) in scene.items().iter().enumerate() {
            let count: &mut usize = alike.entry(&item.keyword).or_default();
            *count += 1;
            if *count > MOST_ALIKE {
                continue;
            }
            for change in Change::all(item) {
                let changed = scene.changed(at, change);
                if changed != bytes {
                    let document = Document::new(&changed);
                    let is_reported = is_more(&before, &kind.check(&document));
                    let by_table = || is_more(&before, &document.check(kind.rules()));
                    let reason = scene.harmless(at, change);
                    let is_kept = match reason {
                        None => is_reported,
                        // A kind may demand more than its table.
                        Some(_) => !is_reported || !by_table(),
                    };
                    self.count(change, is_reported, reason);
                    if !is_kept {
                        let verdict = match reason {
                            None => "nothing is reported",
                            Some(reason) => reason,
                        };
                        let line =
                            String::from_utf8_lossy(item.text.as_deref().unwrap_or_default());
                        self.broken.push(format!(
                            "{kind}: {change:?}: {} {line}: {verdict}",
                            item.keyword
                        ));
                    }
                }
            }
        }
    }

    fn count(&mut self, change: Change, is_reported: bool, reason: Option<&'static str>) {
        let row = self.changes.entry(change.to_string()).or_default();
        row[0] += 1;
        row[1] += usize::from(is_reported);
        if let Some(reason) = reason.filter(|_| !is_reported) {
            *self.reasons.entry(reason).or_default() += 1;
        }
    }
}

/// The problems without their places, sorted: a change moves what is behind it.
fn problems(problems: &[ParseError]) -> Vec<String> {
    let mut problems: Vec<_> = problems
        .iter()
        .map(|problem| format!("{:?}", problem.problem))
        .collect();
    problems.sort();
    problems
}

/// Whether there is a problem that was not there before.
fn is_more(before: &[String], now: &[ParseError]) -> bool {
    if before.is_empty() {
        return !now.is_empty();
    }
    let now = problems(now);
    let count =
        |problems: &[String], one: &String| problems.iter().filter(|other| *other == one).count();
    now.iter()
        .any(|problem| count(&now, problem) > count(before, problem))
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| change | made | reported | harmless |\n|---|---:|---:|---:|"
        )?;
        let mut all = [0; 2];
        for (change, [made, reported]) in &self.changes {
            writeln!(
                f,
                "| {change} | {made} | {reported} | {} |",
                made - reported
            )?;
            all[0] += made;
            all[1] += reported;
        }
        let [made, reported] = all;
        writeln!(f, "| all | {made} | {reported} | {} |", made - reported)?;
        writeln!(f, "\n| harmless, because | times |\n|---|---:|")?;
        for (reason, times) in &self.reasons {
            writeln!(f, "| {reason} | {times} |")?;
        }
        Ok(())
    }
}
