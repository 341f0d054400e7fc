//! One suite on one target, as a child process.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tor_harness_runner::env;
use tor_harness_runner::events::Event;

use super::ledger::Ledger;
use super::output::Output;
use super::plan::Job;
use super::tail::Tail;
use super::{target, tor};

/// How long to wait for the rest of an output when its child is gone; something it started may hold
/// the pipe for ever.
const LINGER: Duration = Duration::from_millis(200);

/// What all children have in common.
pub(crate) struct Setting {
    /// Where they run.
    pub(crate) folder: PathBuf,
    /// Where their events go, a folder for each target.
    pub(crate) events: PathBuf,
    pub(crate) tor: Option<PathBuf>,
    pub(crate) threads: Option<usize>,
}

/// Runs a job and hands on its events while they come; tests that it left without an outcome come
/// last, as failures.
pub(crate) fn run(
    job: &Job<'_>,
    setting: &Setting,
    mut on_event: impl FnMut(Event) -> Result<()>,
) -> Result<()> {
    let folder = setting.events.join(job.target.name());
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let events = folder.join(format!("{}.jsonl", job.suite.name));
    let mut tail = Tail::create(&events)?;
    let mut ledger = Ledger::new(&job.suite.name, &job.tests);
    let mut hand_on = |tail: &mut Tail| -> Result<()> {
        for event in tail.read()? {
            ledger.enter(&event);
            on_event(event)?;
        }
        Ok(())
    };

    let mut child = command(job, setting, &events)
        .spawn()
        .with_context(|| format!("cannot run {}", job.suite.program.display()))?;
    // The child ends when this end of the pipe is closed: at the latest with this process.
    let _held = child.stdin.take();
    let (sender, receiver) = mpsc::channel();
    forward(child.stdout.take(), &sender);
    forward(child.stderr.take(), &sender);
    thread::spawn(move || sender.send(Signal::Ended(child.wait())));

    // A suite writes an event before it prints the line that belongs to it, so its output says when
    // to look.
    let mut output = Output::default();
    let status = loop {
        match receiver.recv().context("the child was lost")? {
            Signal::Printed(bytes) => output.push(&bytes),
            Signal::Ended(status) => break status?,
        }
        hand_on(&mut tail)?;
    };
    while let Ok(Signal::Printed(bytes)) = receiver.recv_timeout(LINGER) {
        output.push(&bytes);
    }
    hand_on(&mut tail)?;
    for failure in ledger.close(status.success(), &status.to_string(), &output.text()) {
        on_event(Event::TestFinished(failure))?;
    }
    Ok(())
}

enum Signal {
    Printed(Vec<u8>),
    Ended(io::Result<ExitStatus>),
}

fn command(job: &Job<'_>, setting: &Setting, events: &Path) -> Command {
    let mut command = Command::new(&job.suite.program);
    if let Some(threads) = setting.threads {
        command.args(["--test-threads", &threads.to_string()]);
    }
    if !job.whole {
        // A name may begin as a flag does.
        command.args(["--exact", "--"]).args(&job.tests);
    }
    if let Some(tor) = &setting.tor {
        command.env(tor::VARIABLE, tor);
    }
    command
        .env(target::VARIABLE, job.target.name())
        .env(env::EVENTS, events)
        .env(env::WITH_PARENT, "1")
        .env("CARGO_MANIFEST_DIR", &setting.folder)
        .current_dir(&setting.folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Sends what comes out of a pipe, until it ends or nobody wants it any more.
fn forward(pipe: Option<impl Read + Send + 'static>, sender: &Sender<Signal>) {
    let Some(mut pipe) = pipe else { return };
    let sender = sender.clone();
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = pipe.read(&mut buffer) {
            if sender
                .send(Signal::Printed(buffer[..length].to_vec()))
                .is_err()
            {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::build::Suite;
    use super::super::target::{RunsOn, Target};
    use super::*;

    #[test]
    fn a_name_is_no_flag() {
        let suite = Suite {
            name: "auth".to_owned(),
            program: "auth".into(),
            runs_on: RunsOn::Fixtures,
        };
        let setting = Setting {
            folder: PathBuf::new(),
            events: PathBuf::new(),
            tor: None,
            threads: Some(2),
        };
        for (whole, expected) in [
            (true, &["--test-threads", "2"][..]),
            (false, &["--test-threads", "2", "--exact", "--", "--list"]),
        ] {
            let job = Job {
                target: Target::Mock,
                suite: &suite,
                tests: vec!["--list".to_owned()],
                whole,
            };
            let command = command(&job, &setting, Path::new("events"));
            assert_eq!(command.get_args().collect::<Vec<_>>(), expected);
        }
    }
}
