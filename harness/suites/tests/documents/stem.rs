//! stem, which gives the same values but where it is known not to.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use tor_harness::fixtures::{all, written};
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
    ("consensus-microdesc", Kind::ConsensusMicrodesc),
    ("vote", Kind::Vote),
    ("router-status", Kind::RouterStatus),
    ("detached-signatures", Kind::DetachedSignatures),
    ("server-descriptor", Kind::ServerDescriptor),
    ("extra-info", Kind::ExtraInfo),
    ("microdescriptor", Kind::Microdescriptor),
    ("key-certificate", Kind::KeyCertificate),
    ("bridge-extra-info", Kind::BridgeExtraInfo),
    ("bridge-server-descriptor", Kind::BridgeServerDescriptor),
    ("onion-descriptor", Kind::OnionDescriptor),
];

/// A test for each good document, and one for what is known.
pub(crate) fn tests() -> Vec<Test> {
    // Python is asked once, if at all.
    let is_there = Rc::new(LazyCell::new(|| imports("stem")));
    let read: Read = Arc::new(LazyLock::new(ask));
    let documents = samples().map(|sample| {
        let read = Arc::clone(&read);
        let name = format!("stem: {}", sample.path);
        Test::new(name, move |_: &Context| compare(&sample, &read))
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

/// A good document that both read.
struct Sample {
    path: &'static str,
    kind: Kind,
    bytes: &'static [u8],
}

fn samples() -> impl Iterator<Item = Sample> {
    let recorded = all().iter().map(|fixture| (fixture.path, fixture.bytes));
    let written = written()
        .iter()
        .map(|document| (document.path, document.bytes));
    recorded.chain(written).filter_map(|(path, bytes)| {
        let (folder, name) = path.strip_prefix("netdoc/")?.split_once('/')?;
        let is_good = !name.contains('/');
        let mut known = FOLDERS.iter().filter(|_| is_good);
        let (_, kind) = *known.find(|(known, _)| *known == folder)?;
        Some(Sample { path, kind, bytes })
    })
}

/// Runs stem on all of them.
fn ask() -> Result<BTreeMap<String, Lines>, String> {
    let suites = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(python())
        .arg(suites.join("clients/stem_netdoc.py"))
        .args(["tor-0.4.9", "written"].map(|folder| suites.join("../../fixtures").join(folder)))
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

fn compare(sample: &Sample, read: &Read) -> TestResult {
    let is_known = |keyword: &str| {
        let mut known = KNOWN.iter();
        known.any(|known| sample.path.starts_with(known.under) && known.keyword == keyword)
    };
    let differences = differences(sample, read)?;
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
    for sample in samples() {
        let differences = differences(&sample, read)?;
        stale.retain(|known| {
            let is_it = |difference: &Difference| difference.keyword == known.keyword;
            !sample.path.starts_with(known.under) || !differences.iter().any(is_it)
        });
    }
    match stale.first() {
        None => Ok(()),
        Some(known) => Err(format!(
            "{} under {} is the same; known.rs says: {}",
            known.keyword, known.under, known.why
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

fn differences(sample: &Sample, read: &Read) -> Result<Vec<Difference>, String> {
    let all = LazyLock::force(read).as_ref().map_err(Clone::clone)?;
    let stem = all.get(sample.path).ok_or("stem has not read it")?;
    let ours = ours::lines(sample.kind, Document::new(sample.bytes))?;
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
