//! stem, which gives the same values but where it is known not to.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use tor_harness::fixtures::{Fixture, all};
use tor_harness::netdoc::{Document, Kind};
use tor_harness::runner::{Context, Test, TestResult};
use tor_harness_suites::{imports, python};

use crate::known::KNOWN;
use crate::ours::{self, Lines};

/// What stem read in all documents, by their paths.
type Read = Arc<LazyLock<Result<BTreeMap<String, Lines>, String>>>;

/// The folders of what both read.
const FOLDERS: &[(&str, Kind)] = &[
    ("consensus", Kind::Consensus),
    ("consensus-microdesc", Kind::MicrodescConsensus),
    ("vote", Kind::Vote),
    ("router-status", Kind::RouterStatus),
    ("detached-signatures", Kind::DetachedSignatures),
    ("server-descriptor", Kind::ServerDescriptor),
    ("extra-info", Kind::ExtraInfo),
    ("microdescriptor", Kind::Microdescriptor),
    ("key-certificate", Kind::KeyCertificate),
];

/// A test for each good document, and one for what is known.
pub(crate) fn tests() -> Vec<Test> {
    // Python is asked once, if at all.
    let is_there = Rc::new(LazyCell::new(|| imports("stem")));
    let read: Read = Arc::new(LazyLock::new(ask));
    let documents = all().iter().filter_map(|fixture| {
        let (folder, kind) = place(fixture)?;
        let read = Arc::clone(&read);
        let name = format!("stem: {}", fixture.path);
        Some(Test::new(name, move |_: &Context| {
            compare(fixture, folder, kind, &read)
        }))
    });
    let stale = {
        let read = Arc::clone(&read);
        Test::new("stem: every known difference is one", move |_: &Context| {
            all_are_known(&read)
        })
    };
    let tests = documents.chain([stale]).map(|test| {
        let is_there = Rc::clone(&is_there);
        test.requires(move || match **is_there {
            true => Ok(()),
            false => Err("no stem; run .ci/install".to_owned()),
        })
    });
    tests.collect()
}

/// The folder and kind of a good document that both read.
fn place(fixture: &Fixture) -> Option<(&'static str, Kind)> {
    let path = fixture.path.strip_prefix("netdoc/")?;
    let (folder, name) = path.split_once('/')?;
    let is_good = !name.contains('/');
    let known = FOLDERS
        .iter()
        .find(|(known, _)| is_good && *known == folder);
    known.copied()
}

/// Runs stem on all of them.
fn ask() -> Result<BTreeMap<String, Lines>, String> {
    let suites = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(python())
        .arg(suites.join("clients/stem_netdoc.py"))
        .arg(suites.join("../../fixtures/tor-0.4.9"))
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

fn compare(fixture: &Fixture, folder: &str, kind: Kind, read: &Read) -> TestResult {
    let is_known = |keyword: &str| {
        let mut known = KNOWN.iter();
        known.any(|known| known.folder == folder && known.keyword == keyword)
    };
    let differences = differences(fixture, kind, read)?;
    let unknown: Vec<_> = differences
        .iter()
        .filter(|difference| !is_known(&difference.keyword))
        .map(
            |Difference {
                 keyword,
                 stem,
                 ours,
             }| { format!("{keyword}\n  stem {stem:?}\n  ours {ours:?}") },
        )
        .collect();
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(format!("different values:\n{}", unknown.join("\n")).into()),
    }
}

fn all_are_known(read: &Read) -> TestResult {
    let mut stale: Vec<_> = KNOWN.iter().collect();
    for fixture in all() {
        if let Some((folder, kind)) = place(fixture) {
            let differences = differences(fixture, kind, read)?;
            stale.retain(|known| {
                let is_it = |difference: &Difference| difference.keyword == known.keyword;
                known.folder != folder || !differences.iter().any(is_it)
            });
        }
    }
    match stale.first() {
        None => Ok(()),
        Some(known) => Err(format!(
            "{} in {} is the same; known.rs says: {}",
            known.keyword, known.folder, known.why
        )
        .into()),
    }
}

/// Lines of one keyword that are not the same.
struct Difference {
    keyword: String,
    stem: Vec<String>,
    ours: Vec<String>,
}

fn differences(fixture: &Fixture, kind: Kind, read: &Read) -> Result<Vec<Difference>, String> {
    let all = LazyLock::force(read).as_ref().map_err(Clone::clone)?;
    let stem = all.get(fixture.path).ok_or("stem has not read it")?;
    let ours = ours::lines(kind, Document::new(fixture.bytes))?;
    let differences = stem.iter().filter_map(|(keyword, stem)| {
        let ours = ours.get(keyword).cloned().unwrap_or_default();
        (ours != *stem).then(|| Difference {
            keyword: keyword.clone(),
            stem: stem.clone(),
            ours,
        })
    });
    Ok(differences.collect())
}
