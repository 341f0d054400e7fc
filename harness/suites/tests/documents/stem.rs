//! stem, which gives the same values but where it is known not to.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use data_encoding::BASE64;
use tor_harness::fixtures::{all, written};
use tor_harness::netdoc::{Document, Kind};
use tor_harness::runner::{Context, Test, TestResult};
use tor_harness_suites::{imports, parts, python};

use crate::known::KNOWN;
use crate::ours::{self, Lines};

/// What stem read in all documents, by their paths.
type Read = Arc<LazyLock<Result<BTreeMap<String, Lines>, String>>>;

/// What stem has no reader for.
const UNREAD: &[Kind] = &[Kind::AuthorityList, Kind::ConsensusDiff, Kind::FallbackList];

/// A test for each good document, and one for what is known.
pub(crate) fn tests() -> Vec<Test> {
    // Python is asked once, if at all.
    let is_there = Rc::new(LazyCell::new(|| imports("stem")));
    let read: Read = Arc::new(LazyLock::new(ask));
    let documents = samples().into_iter().map(|sample| {
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
    path: String,
    kind: Kind,
    bytes: Vec<u8>,
}

impl Sample {
    /// What is inside this one.
    fn parts(&self) -> Vec<Self> {
        let parts = parts(&self.path, self.kind, Document::new(&self.bytes));
        let parts = parts.unwrap_or_else(|error| panic!("{}: {error:?}", self.path));
        let numbered = parts.into_iter().zip(1..);
        let part = |((kind, bytes), number)| Self {
            path: format!("{}, part {number}: {kind}", self.path),
            kind,
            bytes,
        };
        numbered.map(part).collect()
    }
}

fn samples() -> Vec<Sample> {
    let recorded = all().iter().map(|fixture| (fixture.path, fixture.bytes));
    let written = written()
        .iter()
        .map(|document| (document.path, document.bytes));
    let whole = recorded.chain(written).filter_map(|(path, bytes)| {
        let (folder, name) = path.strip_prefix("netdoc/")?.split_once('/')?;
        let kind = folder.parse().ok()?;
        let is_read = !name.contains('/') && !UNREAD.contains(&kind);
        is_read.then(|| Sample {
            path: path.to_owned(),
            kind,
            bytes: bytes.to_vec(),
        })
    });
    let with_parts = whole.flat_map(|sample| {
        let parts = sample.parts();
        [sample].into_iter().chain(parts)
    });
    with_parts.collect()
}

/// Has stem read all of them.
fn ask() -> Result<BTreeMap<String, Lines>, String> {
    let documents: BTreeMap<_, _> = samples()
        .into_iter()
        .map(|sample| {
            (
                sample.path,
                [sample.kind.name().to_owned(), BASE64.encode(&sample.bytes)],
            )
        })
        .collect();
    let asked = serde_json::to_vec(&documents).map_err(|error| error.to_string())?;
    let output = output_of(&asked).map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

/// What the script answers, which reads all before it says anything.
fn output_of(asked: &[u8]) -> io::Result<Output> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/stem_netdoc");
    let mut python = Command::new(python())
        // No folders of compiled files among the sources.
        .arg("-B")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let written = python.stdin.take().map(|mut stdin| stdin.write_all(asked));
    let output = python.wait_with_output()?;
    // Where it ended early, its own words say why.
    match written {
        Some(Err(error)) if output.status.success() => Err(error),
        _ => Ok(output),
    }
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
    let stem = all.get(&sample.path).ok_or("stem has not read it")?;
    let ours = ours::lines(sample.kind, Document::new(&sample.bytes))?;
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
