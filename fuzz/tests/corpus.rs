//! Replays through the fuzz targets what is recorded here.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use tor_harness_netdoc::{Kind, stretches};
use tor_strategies::targets;

/// Calls `target` for each file of its corpus, of which there has to be one,
/// and for what the fuzzer found, where it was run.
fn replay(name: &str, target: fn(&[u8])) {
    let corpus = files("corpus", name).unwrap();
    assert!(!corpus.is_empty(), "no corpus for {name}");
    let found = match files("artifacts", name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        found => found.unwrap(),
    };
    for bytes in corpus.into_iter().chain(found) {
        target(&bytes);
    }
}

/// The contents of the files in a folder for a target.
fn files(folder: &str, target: &str) -> io::Result<Vec<Vec<u8>>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_dir(root.join(folder).join(target))?
        .map(|entry| fs::read(entry?.path()))
        .collect()
}

/// Calls `target` for each recording in a folder, of which there has to be one.
fn replay_recordings(folder: &str, target: fn(&[u8])) {
    let mut recordings = tor_fixtures::all()
        .iter()
        .filter(|fixture| fixture.path.starts_with(folder))
        .peekable();
    assert!(recordings.peek().is_some(), "no recording in {folder}");
    recordings.for_each(|fixture| target(fixture.bytes));
}

#[test]
fn control_reply() {
    replay("control_reply", targets::control_reply);
    replay_recordings("control/", targets::control_reply);
}

#[test]
fn control_command() {
    replay("control_command", targets::control_command);
}

#[test]
fn control_value() {
    replay("control_value", targets::control_value);
}

#[test]
fn netdoc() {
    replay("netdoc", targets::netdoc);
    replay_recordings("netdoc/", targets::netdoc);
    replay_recordings("data-directory/", targets::netdoc);
    tor_fixtures::written()
        .iter()
        .for_each(|document| targets::netdoc(document.bytes));
}

/// The fuzzer starts from the corpus and the fixtures.
#[test]
fn netdoc_starts_from_every_kind() {
    let corpus = files("corpus", "netdoc").unwrap();
    let recorded = tor_fixtures::all().iter().map(|fixture| fixture.bytes);
    let written = tor_fixtures::written()
        .iter()
        .map(|document| document.bytes);
    let mut missing: BTreeSet<_> = Kind::all().collect();
    for bytes in corpus
        .iter()
        .map(Vec::as_slice)
        .chain(recorded)
        .chain(written)
    {
        for kind in stretches(bytes).filter_map(|stretch| stretch.kind) {
            missing.remove(&kind);
        }
    }
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn mock_script() {
    replay("mock_script", targets::mock_script);
}

#[test]
fn mock_session() {
    replay("mock_session", targets::mock_session);
}
