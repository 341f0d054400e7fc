//! What is read, and where it goes.

use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use tor_harness::archive::Archive;
use tor_harness::types::UtcSeconds;

use super::bar::Bar;
use super::said::{Said, Say};
use super::{problems, record};
use crate::args::ParseArgs;
use crate::exit;

/// Reads documents, and prints what is in them.
pub(crate) fn run(args: ParseArgs) -> Result<ExitCode> {
    if args.schema {
        let schema = include_bytes!("../../parse.schema.json");
        let printed = io::stdout().write_all(schema);
        return went_on(printed).map(|_| ExitCode::SUCCESS);
    }
    let archive = archive(&args)?;
    let size = archive.size();
    let say: Say = match args.problems {
        true => problems::list,
        false => record::write,
    };
    let documents = archive.map(move |found| Said::of(found, say));
    let bar = Bar::new(size, documents.progress());
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut status = exit::GOOD;
    for said in documents {
        bar.update();
        let (printed, now) = match said {
            Ok(said) => match said.print(say, &mut out) {
                Ok(false) => (Ok(()), exit::GOOD),
                Ok(true) => (Ok(()), exit::PROBLEMS),
                Err(error) => (Err(error), exit::GOOD),
            },
            Err(error) => {
                // In its place, where both go to the same terminal.
                let printed = out.flush();
                exit::complain(&anyhow!(error));
                (printed, exit::NOT_STARTED)
            }
        };
        status = status.max(now);
        if !went_on(printed)? {
            return Ok(status.into());
        }
    }
    went_on(out.flush())?;
    Ok(status.into())
}

/// What the arguments ask for.
fn archive(args: &ParseArgs) -> Result<Archive> {
    let sources = args.files.iter().map(|path| match path == Path::new("-") {
        true => Archive::stdin(),
        false => Archive::path(path),
    });
    let mut archive = sources.reduce(Archive::and).context("expected a FILE")?;
    if let Some(kind) = args.kind {
        archive = archive.kind(kind).assume(kind);
    }
    for relay in &args.relay {
        archive = archive.relay(*relay);
    }
    if args.since.is_some() || args.until.is_some() {
        let [first, last] = ["0000-01-01 00:00:00", "9999-12-31 23:59:59"];
        let or = |time: Option<UtcSeconds>, other: &str| time.map_or_else(|| other.parse(), Ok);
        archive = archive.between(or(args.since, first)?..=or(args.until, last)?);
    }
    Ok(archive)
}

/// Whether there is still someone who reads what is printed.
fn went_on(printed: io::Result<()>) -> Result<bool> {
    match printed {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error).context("writing to standard output"),
    }
}
