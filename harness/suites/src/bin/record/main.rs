//! Makes the fixtures again from a real tor.
//!
//! `cargo xtask record` runs this in an empty network namespace; it refuses
//! to run anywhere else.

mod auth;
mod book;
mod commands;
mod compare;
mod drift;
mod events;
mod get_conf;
mod get_info;
mod hidden;
mod http;
mod lines;
mod manifest;
mod network;
mod node;
mod normalize;
mod output;
mod relay;
mod wait;
mod words;
mod write;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use tor_harness_suites::namespace;

use crate::book::Book;

/// Makes the fixtures again from a real tor.
///
/// Exit status: 0 if done, or nothing differs; 1 if --check found differences; 2 if it could not be done.
#[derive(Parser)]
struct Args {
    /// What to record: without this, what single tors say.
    #[arg(value_enum)]
    what: Option<What>,
    /// Write nothing: only say what another tor, or another run, would change.
    #[arg(long)]
    check: bool,
    /// The tor to record: a path, or a name on PATH.
    #[arg(long, value_name = "PATH")]
    tor: Option<PathBuf>,
}

/// What there is to record besides single tors.
#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// A private network of tors: its documents, its events.
    Network,
}

/// A step of a recording: what it is about, what does it.
type Step = (&'static str, fn(&mut Book) -> Result<()>);

/// What single tors say.
const ALONE: &[Step] = &[
    ("what it prints", output::record),
    ("authentication", auth::record),
    ("GETINFO", get_info::record),
    ("GETCONF", get_conf::record),
    ("hidden options", hidden::record),
    ("other commands", commands::record),
    ("events", events::record),
    ("a relay and its clients", relay::record),
];

/// What a network says.
const NETWORK: &[Step] = &[("a private network", network::record)];

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(code) => code,
        Err(error) => {
            say(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<ExitCode> {
    namespace::is_empty()?;
    let (made_with, steps) = match args.what {
        None => ("cargo xtask record", ALONE),
        Some(What::Network) => ("cargo xtask record network", NETWORK),
    };
    let mut book = Book::open(made_with, args.tor.as_deref())?;
    say(&format!("recording tor {}", book.tor_version()));
    if args.what.is_none() {
        // First: a tor that has something new may fail in any of the steps.
        drift::drifts(&mut book, |drift| say(&format!("drift: {drift}")))?;
    }
    for (what, record) in steps {
        let before = book.len();
        record(&mut book)?;
        say(&format!("  {what}: {} files", book.len() - before));
    }
    if !args.check {
        write::write(&book)?;
        say(&format!("wrote {} files", book.len()));
        return Ok(ExitCode::SUCCESS);
    }
    // All bytes of a network's documents are new in each run: keys, times, signatures.
    let differences = match args.what {
        None => compare::differences(&book),
        Some(What::Network) => {
            say("comparing names and kinds alone: keys and times are others in each network");
            compare::names_and_kinds(&book)
        }
    };
    for difference in &differences {
        say(difference);
    }
    if differences.is_empty() {
        say(&format!("{} files, no difference", book.len()));
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!(
        "{} differences; `{made_with}` would write them",
        differences.len()
    ));
    Ok(ExitCode::from(1))
}

/// Tells the person who waits.
fn say(line: &str) {
    // Nobody may be listening; the files are what counts.
    let _ = writeln!(std::io::stderr(), "{line}");
}
