//! The course of a run.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Instant, SystemTime};

use anyhow::{Context as _, Result, bail};
use tor_harness_runner::events::Event;

use super::build::{self, Build};
use super::flags::{Flags, Required};
use super::json::JsonLines;
use super::junit::Junit;
use super::outcome::Outcomes;
use super::plan::{self, Job};
use super::report::{self, Columns, Report};
use super::rerun;
use super::run::{self, Setting};
use super::select::Selection;
use super::style::Style;
use super::summary::summary;
use super::target::Target;
use super::tor::{self, Tor};
use crate::cargo::Metadata;
use crate::error::{self, Usage};
use crate::namespace;

/// Runs the suites; 1 if a test failed.
///
/// # Errors
/// [`Usage`] when the command line is wrong. Later errors are shown here, because the counts come
/// last whatever happens.
pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    let tor = tor::find(flags.tor.as_deref())?;
    let mut files = Files {
        json: flags.json.as_deref().map(JsonLines::create).transpose()?,
        junit: flags.junit.as_deref().map(Junit::create).transpose()?,
    };

    let mut outcomes = Outcomes::default();
    let done = run_all(flags, tor.as_ref(), &mut files, &mut outcomes);
    let code = match &done {
        Err(error) => {
            eprintln!("error: {error:#}");
            error::exit_code(error)
        }
        Ok(()) if outcomes.failures().next().is_some() => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
    };
    // Whoever closed stdout does not want to know.
    let _ = writeln!(io::stdout(), "{}", outcomes.counts());
    Ok(code)
}

struct Files {
    json: Option<JsonLines>,
    junit: Option<Junit>,
}

fn run_all(
    flags: &Flags,
    tor: Option<&Tor>,
    files: &mut Files,
    outcomes: &mut Outcomes,
) -> Result<()> {
    if tor.is_none() && flags.require == Some(Required::Tor) {
        bail!("--require tor: there is none on PATH (apt-get install tor, or say --tor PATH)");
    }
    if flags.require == Some(Required::Tor) {
        // What is told anything at all runs in one, and would be skipped.
        namespace::check().context("--require tor")?;
    }
    let metadata = Metadata::read()?;
    let build = build::build(&metadata)?;
    let targets = flags.targets();
    let jobs = plan::plan(&build, &targets, &Selection::new(flags))?;
    if jobs.is_empty() {
        return Err(Usage(nothing_selected(flags)).into());
    }

    let style = Style::for_stdout();
    let mut out = io::stdout().lock();
    let skipped: Vec<_> = targets
        .into_iter()
        .filter(|target| target.needs_tor())
        .collect();
    writeln!(out, "{}", report::header(tor, &skipped, &build.opt_level))?;

    let setting = setting(flags, tor, &metadata, &build);
    let mut report = Report::new(
        &mut out,
        style,
        flags.verbose,
        Columns::new(&jobs, flags.verbose),
    );
    for job in &jobs {
        run_job(job, &setting, &mut report, files, outcomes)?;
    }
    report.finish()?;

    if let Some(junit) = &mut files.junit {
        junit.write(outcomes)?;
    }
    write!(out, "{}", summary(outcomes, flags.slowest, style))?;
    let again = rerun::commands(outcomes, flags.tor.as_deref());
    if !again.is_empty() {
        writeln!(out, "\n{}", style.heading("run what failed again"))?;
    }
    for command in again {
        writeln!(out, "    {command}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn run_job(
    job: &Job<'_>,
    setting: &Setting,
    report: &mut Report<impl Write>,
    files: &mut Files,
    outcomes: &mut Outcomes,
) -> Result<()> {
    let started = Instant::now();
    let mut tests = Vec::new();
    run::run(job, setting, |event| {
        match event {
            Event::TestFinished(test) => {
                report.test(job.target, &test)?;
                if let Some(json) = &mut files.json {
                    json.test(job.target, &test)?;
                }
                tests.push(test);
            }
            Event::Note(note) => outcomes.notes.push((job.target, note)),
            _ => {}
        }
        Ok(())
    })?;
    report.suite(
        job.target,
        &job.suite.name,
        &tests,
        started.elapsed().as_secs_f64(),
    )?;
    outcomes
        .tests
        .extend(tests.into_iter().map(|test| (job.target, test)));
    Ok(())
}

fn setting(flags: &Flags, tor: Option<&Tor>, metadata: &Metadata, build: &Build) -> Setting {
    Setting {
        folder: build.folder.clone(),
        events: new_run_folder(&metadata.target_directory),
        tor: tor.map(|tor| tor.path.clone()),
        threads: flags.jobs.map(Into::into),
    }
}

/// Where the events of this run stay. Such folders sort by time.
fn new_run_folder(target_directory: &Path) -> PathBuf {
    let since_1970 = SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap_or_default()
        .as_secs();
    target_directory.join(format!(
        "tor-harness/runs/{since_1970}-{}",
        std::process::id()
    ))
}

fn nothing_selected(flags: &Flags) -> String {
    let targets: Vec<_> = flags
        .targets()
        .iter()
        .map(|target: &Target| target.name())
        .collect();
    let mut text = format!(
        "nothing selected: no test of the targets {}",
        targets.join(", ")
    );
    if !flags.filters.is_empty() {
        text += &format!(" matches {}", flags.filters.join(" or "));
    }
    if !flags.skip.is_empty() {
        text += &format!(" without matching {}", flags.skip.join(" or "));
    }
    text
}
