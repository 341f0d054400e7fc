//! Replays every corpus file, and every recording, through the fuzz targets.

use std::fs;
use std::path::Path;

use tor_strategies::targets;

/// Calls `target` for each file of a corpus; there has to be one.
fn replay(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(name);
    let files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(!files.is_empty(), "no corpus in {}", folder.display());
    for file in files {
        target(&fs::read(file).unwrap());
    }
}

#[test]
fn control_reply() {
    replay("control_reply", targets::control_reply);
}

#[test]
fn control_command() {
    replay("control_command", targets::control_command);
}

#[test]
fn recordings() {
    let recorded = tor_fixtures::all()
        .iter()
        .filter(|fixture| fixture.path.starts_with("control/"));
    assert!(
        recorded
            .map(|fixture| targets::control_reply(fixture.bytes))
            .count()
            > 0
    );
}
