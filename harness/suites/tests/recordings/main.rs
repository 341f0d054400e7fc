//! Every recorded file, read.
//!
//! One test a fixture, named by its path. The snapshots are under `tests/snapshots/recordings/`, named so as well;
//! `INSTA_UPDATE=always` writes them, and then they are to be read before they are kept.

mod document;
mod fields;
mod laws;
mod proof;
mod render;
mod stale;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tor_harness::fixtures::{Fixture, Kind, all};
use tor_harness::runner::{Context, Suite, TestResult};

fn main() -> ExitCode {
    Suite::new("recordings")
        .tests(
            all()
                .iter()
                .map(|fixture| (fixture.path, move |_: &Context| check(fixture))),
        )
        .test("the proofs of SAFECOOKIE check", |_| proof::check())
        .test("every snapshot has its fixture", |_| {
            stale::check(&snapshots())
        })
        .main()
}

/// Checks one fixture: the laws of its kind, then the snapshot of what was read.
fn check(fixture: &'static Fixture) -> TestResult {
    if fixture.path.contains("/bad/") {
        return laws::bad(fixture);
    }
    let read = match fixture.kind {
        Kind::Reply => {
            let (keyword, reply) = laws::reply(fixture)?;
            render::reply(&keyword, &reply)?
        }
        Kind::Event => render::event(&laws::event(fixture)?)?,
        Kind::Command => render::command(&laws::command(fixture)?)?,
        _ if fixture.path.starts_with("netdoc/") => document::document(&laws::document(fixture)?)?,
        _ => render::bytes(fixture.bytes),
    };
    let (folder, name) = fixture.path.rsplit_once('/').unwrap_or((".", fixture.path));
    let mut settings = insta::Settings::new();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(snapshots().join(folder));
    settings.bind(|| {
        insta::assert_snapshot!(name, format!("{}{read}", render::asked(fixture.command)))
    });
    Ok(())
}

fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/recordings")
}
