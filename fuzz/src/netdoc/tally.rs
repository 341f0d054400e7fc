//! What became of all changes to all items of documents.

use std::collections::BTreeMap;
use std::fmt;

use tor_harness_netdoc::{
    BandwidthFile, ConsensusDiff, Document, FallbackList, Kind, OwnedItem, ParseError, Problem,
    Rules,
};

use super::bare;
use super::change::Change;
use super::row::Row;
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
const MOST_ALIKE: usize = 2;

/// How many lines that are no items are changed in a document.
const MOST_BARE: usize = 12;

/// What is said of values of several keys, which the table of the keys cannot say.
const BEYOND_KEYS: &[Problem] = &[
    Problem::Expected("the time of the first line"),
    Problem::Expected("each relay once"),
];

impl Tally {
    /// Makes every change to the items of a document, of those with the same keyword to a few; to
    /// the pairs of a kind that has such.
    pub fn add(&mut self, kind: Kind, document: &Document<'_>) {
        let check = |document: &Document<'_>| kind.check(document);
        match kind {
            Kind::BandwidthFile => {
                let file = BandwidthFile::read(*document);
                self.add_row(kind, document, &Row::new(file.header(), b'\n'));
                for relay in file.relays().take(MOST_ALIKE) {
                    self.add_row(kind, document, &Row::new(&relay, b' '));
                }
            }
            Kind::FallbackList => {
                let list = FallbackList::read(*document);
                for entry in list.entries().iter().take(MOST_ALIKE) {
                    self.add_row(kind, document, &Row::new(entry, b' '));
                }
            }
            // Of an authority's words most have no key.
            Kind::AuthorityList => {}
            Kind::Ed25519Certificate => self.add_bare(kind, b"", document.as_bytes()),
            Kind::ConsensusDiff => {
                let head = ConsensusDiff::read(*document).fields().document();
                let commands = &document.as_bytes()[head.as_bytes().len()..];
                self.add_by(kind.rules(), kind.name(), &head, |head| {
                    check(&Document::new(&[head.as_bytes(), commands].concat()))
                });
                self.add_bare(kind, head.as_bytes(), commands);
            }
            _ => self.add_by(kind.rules(), kind.name(), document, check),
        }
    }

    /// Makes every change to the lines behind a head, which are no items; of many to the first.
    fn add_bare(&mut self, kind: Kind, head: &[u8], text: &[u8]) {
        let lines = text.split_inclusive(|byte| *byte == b'\n');
        let first: usize = lines.take(MOST_BARE).map(<[u8]>::len).sum();
        let (text, tail) = text.split_at(first);
        for (change, changed) in bare::changes(text) {
            let changed = [&changed, tail].concat();
            let document = [head, &changed].concat();
            let is_reported = !kind.check(&Document::new(&document)).is_empty();
            let reason = bare::fits(kind, &changed).then_some("a second reading takes it");
            self.count(change, is_reported, reason);
            if is_reported != reason.is_none() {
                let verdict = reason.unwrap_or("nothing is reported");
                let text = String::from_utf8_lossy(&changed);
                self.broken
                    .push(format!("{kind}: {change}: {verdict}:\n{text}"));
            }
        }
    }

    /// Makes every change to the pairs of a row; nothing where it is not written as one.
    fn add_row(&mut self, kind: Kind, document: &Document<'_>, row: &Row) {
        let bytes = document.as_bytes();
        let before = row.encode(&row.pairs);
        let Some(start) = bytes.windows(before.len()).position(|part| part == before) else {
            return;
        };
        let (head, tail) = (&bytes[..start], &bytes[start + before.len()..]);
        for at in 0..row.pairs.len() {
            for change in row.changes(at) {
                let changed = match row.changed(at, change) {
                    Some(pairs) => row.encode(&pairs),
                    None => {
                        let mut pairs = row.pairs.clone();
                        let alone = pairs.remove(at).keyword;
                        [alone.as_bytes(), &row.encode(&pairs)].join(&b'\n')
                    }
                };
                if changed != before {
                    let changed = [head, &changed, tail].concat();
                    let mut problems = kind.check(&Document::new(&changed));
                    let is_reported = !problems.is_empty();
                    problems.retain(|problem| !BEYOND_KEYS.contains(&problem.problem));
                    let reason = row.harmless(at, change);
                    self.count(&change.to_string(), is_reported, reason);
                    let is_kept = match reason {
                        None => is_reported,
                        Some(_) => problems.is_empty(),
                    };
                    if !is_kept {
                        let pair = row.encode(&row.pairs[at..=at]);
                        let pair = String::from_utf8_lossy(&pair);
                        let verdict = reason.unwrap_or("nothing is reported");
                        self.broken
                            .push(format!("{kind}: {change:?}: {pair}: {verdict}"));
                    }
                }
            }
        }
    }

    /// The same by a table and a check of one's own, with a name for the document.
    pub fn add_by(
        &mut self,
        rules: &'static Rules,
        name: &str,
        document: &Document<'_>,
        check: impl Fn(&Document<'_>) -> Vec<ParseError>,
    ) {
        let items = document.items().filter(|item| !item.is_annotation());
        let table = Rules {
            laws: &[],
            ..*rules
        };
        let scene = Scene::new(rules, items.map(OwnedItem::from).collect());
        let bytes = tor_harness_netdoc::encode(scene.items());
        let before = problems(&check(&Document::new(&bytes)));
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
                    let is_reported = is_more(&before, &check(&document));
                    let by_table = || is_more(&before, &table.check(&document));
                    let reason = scene.harmless(at, change);
                    let is_kept = match reason {
                        None => is_reported,
                        // A kind may demand more than its table.
                        Some(_) => !is_reported || !by_table(),
                    };
                    self.count(&change.to_string(), is_reported, reason);
                    if !is_kept {
                        let verdict = match reason {
                            None => "nothing is reported",
                            Some(reason) => reason,
                        };
                        let line =
                            String::from_utf8_lossy(item.text.as_deref().unwrap_or_default());
                        self.broken.push(format!(
                            "{name}: {change:?}: {} {line}: {verdict}",
                            item.keyword
                        ));
                    }
                }
            }
        }
    }

    fn count(&mut self, change: &str, is_reported: bool, reason: Option<&'static str>) {
        let row = self.changes.entry(change.to_owned()).or_default();
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

#[cfg(test)]
mod tests {
    use proptest::strategy::{Strategy as _, ValueTree as _};
    use proptest::test_runner::TestRunner;
    use tor_harness_netdoc::{Argument, Content, Form, Place, Rule, Section, Times};

    use super::*;
    use crate::netdoc::items;

    /// What the tables of the kinds have, and what one may have one day.
    #[rustfmt::skip]
    static RULES: Rules = Rules::new(&[
        Section::new("head", Times::Exactly, &[
            Rule::exactly_once("head").at(Place::First).takes(&[Argument::one("version", Form::Within(3, 30))]),
            Rule::exactly_once("second").at(Place::Second).no_extra(),
            Rule::at_most_once("needing").needs(&["needed"]),
            Rule::at_most_once("needed").takes(&[Argument::optional("when", Form::IsoTime), Argument::optional("where", Form::Socket)]),
            Rule::any_number("shared").takes(&[Argument::any("pairs", Form::Pair(&Form::Number))]),
            Rule::at_least_once("some").takes(&[Argument::some("ranges", Form::Range(99))]),
            Rule::at_most_once("text").takes(&[Argument::one("first", Form::Word), Argument::one("rest", Form::Text)]),
            Rule::exactly_once("before").at(Place::NextToLast),
            Rule::exactly_once("over").at(Place::Last).optional_object("ANY", Content::Bytes),
        ]),
        Section::new("entry", Times::Any, &[
            Rule::exactly_once("entry").at(Place::First).takes(&[Argument::one("id", Form::LowerHex(0)), Argument::one("rate", Form::Percent)]),
            Rule::exactly_once("s").takes(&[Argument::any("flag", Form::OneOf(&["Exit", "Fast"]))]),
            Rule::at_most_once("shared").takes(&[Argument::any("pairs", Form::Pair(&Form::Number))]),
            Rule::at_most_once("key").object("RSA PUBLIC KEY", Content::RsaPublicKey { least: 1024, most: 2048 }),
        ]),
        Section::new("line", Times::AtLeast, &[
            Rule::exactly_once("line").takes(&[Argument::one("decimal", Form::Decimal), Argument::optional("list", Form::List(&Form::Signed))]),
        ]),
        Section::new("foot", Times::AtMost, &[
            Rule::exactly_once("foot"),
            Rule::at_most_once("one").takes(&[Argument::one("digits", Form::PaddedBase64(0))]),
            Rule::any_number("two").takes(&[Argument::one("address", Form::Address), Argument::one("over", Form::Interval)]),
            Rule::at_least_once("three").object("SIGNATURE", Content::Length(20)),
        ]).in_order(),
    ]);

    fn tally(documents: usize, check: impl Fn(&Document<'_>) -> Vec<ParseError>) -> Tally {
        let mut runner = TestRunner::deterministic();
        let strategy = items(&RULES);
        let mut tally = Tally::default();
        for _ in 0..documents {
            let items = strategy.new_tree(&mut runner).unwrap().current();
            let bytes = tor_harness_netdoc::encode(&items);
            tally.add_by(&RULES, "test", &Document::new(&bytes), &check);
        }
        tally
    }

    #[test]
    fn the_law_holds_for_any_table() {
        let tally = tally(8, |document| RULES.check(document));
        let broken = tally.broken.join("\n");
        assert!(broken.is_empty(), "{tally}\n{broken}");
    }

    #[test]
    fn the_law_holds_for_documents_of_any_age() {
        let today = tor_fixtures::find("netdoc/server-descriptor/lone-relay").unwrap();
        let today = String::from_utf8_lossy(today.bytes);
        for version in ["0.2.7.6", "0.4.5.1-alpha", "0.4.9"] {
            let mut document = today.replace("Tor 0.4.9.11 on", &format!("Tor {version} on"));
            assert_ne!(document, today);
            if version.starts_with("0.2") {
                document = document.replace("\nproto ", "\nprotocols ");
            }
            let mut tally = Tally::default();
            tally.add(Kind::ServerDescriptor, &Document::new(document.as_bytes()));
            let broken = tally.broken.join("\n");
            assert!(broken.is_empty(), "{version}:\n{broken}");
        }
    }

    #[test]
    fn a_check_that_overlooks_things_breaks_the_law() {
        for overlooked in ["Missing", "Argument", "Order"] {
            let tally = tally(12, |document| {
                let mut problems = RULES.check(document);
                problems
                    .retain(|problem| !format!("{:?}", problem.problem).starts_with(overlooked));
                problems
            });
            assert!(!tally.broken.is_empty(), "{overlooked}");
        }
    }
}
