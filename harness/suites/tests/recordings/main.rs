//! Every file of the fixtures, read.
//!
//! One test a file, named by its path; what is written by the specification is under `written/`. The snapshots are
//! under `tests/snapshots/recordings/`, named so as well; `INSTA_UPDATE=always` writes them, and then they are to be
//! read before they are kept.

mod document;
mod fields;
mod laws;
mod proof;
mod render;
mod stale;
mod value;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tor_harness::fixtures::{Fixture, Kind, all, written};
use tor_harness::netdoc::Document;
use tor_harness::runner::{Context, Failed, Suite, TestResult};

fn main() -> ExitCode {
    let recorded = all()
        .iter()
        .map(|fixture| (fixture.path, move |_: &Context| check(fixture)));
    let written = written().iter().map(|document| {
        let path = format!("written/{}", document.path);
        (path.clone(), move |_: &Context| {
            keep(&path, &self::document(document.bytes)?)
        })
    });
    Suite::new("recordings")
        .tests(recorded)
        .tests(written)
        .test("the proofs of SAFECOOKIE check", |_| proof::check())
        .test("every snapshot has its fixture", |_| {
            stale::check(&snapshots())
        })
        .main()
}

/// Checks one fixture: the laws of its kind, then the snapshot of what was read.
fn check(fixture: &'static Fixture) -> TestResult {
    let read = match fixture.kind {
        Kind::Reply => {
            let (keyword, reply) = laws::reply(fixture)?;
            render::reply(&keyword, &reply)?
        }
        Kind::Event => render::event(&laws::event(fixture)?)?,
        Kind::Command => render::command(&laws::command(fixture)?)?,
        _ if fixture.path.contains("/bad/") => {
            let (kind, document) = laws::bad(fixture)?;
            document::problems(kind, document)
        }
        _ if fixture.path.starts_with("netdoc/") => {
            document(fixture.bytes)? + &layers(fixture.path)?
        }
        _ => match &laws::documents(fixture.bytes)?[..] {
            [] => render::bytes(fixture.bytes),
            [(kind, document)] => document::document(*kind, *document)?,
            documents => documents
                .iter()
                .map(|(kind, document)| document::head(*kind, document))
                .collect(),
        },
    };
    let asked = render::asked(fixture.command);
    keep(fixture.path, &(asked + &read))
}

/// A good document, which has to keep the laws.
fn document(bytes: &'static [u8]) -> Result<String, Failed> {
    let (kind, document) = laws::document(bytes)?;
    document::document(kind, document)
}

/// What an onion descriptor has sealed in it; nothing of others.
fn layers(path: &str) -> Result<String, Failed> {
    if !path.starts_with("netdoc/onion-descriptor/") {
        return Ok(String::new());
    }
    let layers = tor_harness_suites::layers(path)?;
    let layers: Vec<_> = layers
        .iter()
        .map(|(kind, layer)| {
            let document = Document::new(layer);
            match &kind.check(&document)[..] {
                [] => document::document(*kind, document),
                [problem, ..] => Err(problem.render(layer).into()),
            }
        })
        .collect::<Result<_, _>>()?;
    Ok(layers.concat())
}

/// Compares with the snapshot.
fn keep(path: &str, read: &str) -> TestResult {
    let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
    let mut settings = insta::Settings::new();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(snapshots().join(folder));
    settings.bind(|| insta::assert_snapshot!(name, read));
    Ok(())
}

fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/recordings")
}
