//! What is read, and where it goes.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use tor_harness::archive::{Archive, ArchiveError, Counts};
use tor_harness::types::UtcSeconds;

use super::bar::Bar;
use super::judgement::Judgement;
use super::said::{Printer, Said};
use super::{problems, record, verify};
use crate::args::ParseArgs;
use crate::exit::{self, escaped};
use crate::stdout::went_on;

/// Reads documents, and prints what is in them.
pub(crate) fn run(args: ParseArgs) -> Result<ExitCode> {
    if args.schema {
        let schema = include_bytes!("../../parse.schema.json");
        let printed = io::stdout().write_all(schema);
        return went_on(printed).map(|_| ExitCode::SUCCESS);
    }
    let archive = archive(&args)?;
    let size = archive.size();
    let printer = Printer::new(match args.problems {
        true => problems::list,
        false => record::write,
    });
    let maker = printer.clone();
    let documents = match args.verify {
        true => archive.map_verified(verify::evidence(&args)?, move |found, verdict| {
            maker.said(found, Some(Judgement::new(verdict, args.at)))
        }),
        false => archive.map(move |found| maker.said(found, None)),
    };
    let progress = documents.progress();
    let bar = Bar::new(size, progress.clone());
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut status = exit::GOOD;
    for said in documents {
        bar.update();
        let (printed, now) = print(said, &printer, &mut out);
        status = status.max(now);
        if !went_on(printed)? {
            return Ok(status.into());
        }
    }
    went_on(out.flush())?;
    drop(bar);
    if status == exit::GOOD {
        say_if_none(progress.counts());
    }
    Ok(status.into())
}

/// Prints what there is to say of a document, or why there is none; with the exit status for it.
fn print(
    said: Result<Said, ArchiveError>,
    printer: &Printer,
    out: &mut dyn Write,
) -> (io::Result<()>, u8) {
    match said.map(|said| printer.print(said, out)) {
        Ok(Ok(false)) => (Ok(()), exit::GOOD),
        Ok(Ok(true)) => (Ok(()), exit::PROBLEMS),
        Ok(Err(error)) => (Err(error), exit::GOOD),
        Err(error) => {
            // In its place, where both go to the same terminal.
            let printed = out.flush();
            exit::complain(&anyhow!(escaped(&error.to_string())));
            (printed, exit::NOT_STARTED)
        }
    }
}

/// What the arguments ask for.
fn archive(args: &ParseArgs) -> Result<Archive> {
    let mut archive = sources(&args.files).context("expected a FILE")?;
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

/// What is in these files; `None` without any.
pub(super) fn sources(files: &[PathBuf]) -> Option<Archive> {
    let sources = files.iter().map(|path| match path == Path::new("-") {
        true => Archive::stdin(),
        false => Archive::path(path),
    });
    sources.reduce(Archive::and)
}

/// Says why nothing is printed, where there was nothing to be printed.
fn say_if_none(
    Counts {
        found, documents, ..
    }: Counts,
) {
    match (found, documents) {
        (0, _) => exit::complain(&anyhow!("there are no documents")),
        (_, 0) => exit::complain(&anyhow!(
            "of {found} documents none is what --type, --relay, --since and --until ask for"
        )),
        _ => {}
    }
}
