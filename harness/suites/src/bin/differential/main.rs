//! Plays random scripts to a real tor and to the mock, and shows where they differ.
//!
//! `cargo xtask differential` runs this in an empty network namespace.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use anyhow::{Context as _, Result, anyhow};
use clap::Parser;
use tor_harness_suites::differential::{Random, Tally};
use tor_harness_suites::namespace;

/// Plays random scripts to a real tor and to the mock, and shows where they differ.
///
/// Exit status: 0 if they say the same; 1 if not; 2 if it could not be found out.
#[derive(Parser)]
struct Args {
    /// How many commands to compare, at least.
    #[arg(long, default_value_t = 1000)]
    commands: usize,
    /// What the scripts are made from.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Play the script of this number alone.
    #[arg(long)]
    script: Option<u64>,
    /// Stop when so many differences have been found.
    #[arg(long, default_value_t = 1)]
    differences: usize,
    /// How often to try to make a script shorter that shows a difference.
    #[arg(long, default_value_t = 100)]
    attempts: usize,
}

fn main() -> ExitCode {
    match namespace::is_empty().and_then(|()| run(&Args::parse())) {
        Ok(code) => code,
        Err(error) => {
            say(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<ExitCode> {
    say(&format!("seed {}", args.seed));
    let random = Random::new(args.seed).attempts(args.attempts);
    let total = match args.script {
        Some(number) => play(&random, number, args)?,
        None => play_all(&random, args)?,
    };
    for (name, count) in &total.explained {
        say(&format!("{count} times, as explained: {name}"));
    }
    say(&format!(
        "{} commands answered alike, {} differences",
        total.commands,
        total.differences.len()
    ));
    Ok(ExitCode::from(u8::from(!total.differences.is_empty())))
}

/// Plays one script after the other, two at a time, until it is enough.
fn play_all(random: &Random, args: &Args) -> Result<Tally> {
    let next = AtomicU64::new(0);
    let total = Mutex::new(Tally::default());
    let is_enough = |total: &Tally| {
        total.commands >= args.commands || total.differences.len() >= args.differences
    };
    let lock = || total.lock().expect("nobody panics with the sum");
    let work = || -> Result<()> {
        while !is_enough(&lock()) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let tally = play(random, number, args)?;
            let mut total = lock();
            *total += tally;
            progress(&total, args);
        }
        Ok(())
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| anyhow!("a thread panicked"))?)
    })?;
    if stderr().is_terminal() {
        say("");
    }
    total.into_inner().map_err(|_| anyhow!("a thread panicked"))
}

/// Plays one script, and shows where it differs.
fn play(random: &Random, number: u64, args: &Args) -> Result<Tally> {
    let tally = random
        .play(number)
        .with_context(|| format!("script {number}"))?;
    for difference in &tally.differences {
        say(&format!(
            "seed {}, script {number}: {difference}\n",
            args.seed
        ));
    }
    Ok(tally)
}

/// Tells the person who waits how far it is.
fn progress(total: &Tally, args: &Args) {
    if stderr().is_terminal() {
        let _ = write!(
            stderr(),
            "\r{} of {} commands",
            total.commands,
            args.commands
        );
    }
}

/// Tells the person who waits.
fn say(line: &str) {
    // Nobody may be listening; the exit status is what counts.
    let _ = writeln!(stderr(), "{line}");
}
