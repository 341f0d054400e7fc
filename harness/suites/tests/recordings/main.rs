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
use tor_harness_suites::parts;

fn main() -> ExitCode {
    let recorded = all()
        .iter()
        .map(|fixture| (fixture.path, move |_: &Context| check(fixture)));
    let written = written().iter().map(|document| {
        let path = format!("written/{}", document.path);
        (path.clone(), move |_: &Context| {
            keep(&path, &self::document(document.path, document.bytes)?)
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
        _ if fixture.path.starts_with("netdoc/") => document(fixture.path, fixture.bytes)?,
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

/// A good document, which has to keep the laws, and what is inside it.
fn document(path: &str, bytes: &'static [u8]) -> Result<String, Failed> {
    let (kind, document) = laws::document(bytes)?;
    let mut out = document::document(kind, document)?;
    for (kind, bytes) in parts(path, kind, document)? {
        let part = Document::new(&bytes);
        if let Some(problem) = kind.check(&part).first() {
            return Err(problem.render(&bytes).into());
        }
        out.push_str(&document::document(kind, part)?);
    }
    Ok(out)
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
