//! A sample suite as a child process.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tor_harness_runner::env as runner_env;
use tor_harness_runner::events::Event;

/// Names the sample this program is to be.
pub(crate) const SAMPLE: &str = "RUNNER_SAMPLE";

/// No sample takes this long; one that does has hung, and this ends the wait.
const DEADLINE: Duration = Duration::from_secs(90);

/// What a sample did.
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// `None` if there is no file.
    pub(crate) events: Option<Vec<Event>>,
}

/// Runs a sample to its end, writing its events to a file.
pub(crate) fn run(sample: &str, args: &[&str]) -> Ran {
    run_with(sample, args, &[])
}

/// The same, with variables of the environment.
pub(crate) fn run_with(sample: &str, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let file = EventFile::new();
    let mut child = spawn(sample, args, variables, &file);
    let _held = child.stdin.take();
    finish(child, &file)
}

/// Runs a sample and goes away as its parent once it has printed that it runs.
pub(crate) fn run_and_leave(sample: &str) -> Ran {
    let file = EventFile::new();
    let mut child = spawn(sample, &[], &[], &file);
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("running") {
        line.clear();
        assert_ne!(
            stdout.read_line(&mut line).unwrap(),
            0,
            "the sample ended before it ran"
        );
    }
    drop(child.stdin.take());
    finish(child, &file)
}

fn spawn(sample: &str, args: &[&str], variables: &[(&str, &str)], file: &EventFile) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(args)
        .env(SAMPLE, sample)
        .env_remove("RUST_BACKTRACE")
        .env(runner_env::EVENTS, &file.0)
        .env(runner_env::WITH_PARENT, "1")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn finish(child: Child, file: &EventFile) -> Ran {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    let output = receiver
        .recv_timeout(DEADLINE)
        .expect("the sample should have ended by now")
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let events = fs::read_to_string(&file.0).ok();
    Ran {
        status: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        events: events.map(|lines| {
            lines
                .lines()
                .map(|line| Event::from_line(line).unwrap())
                .collect()
        }),
    }
}

/// A path for a file of events; the file is removed at the end.
struct EventFile(PathBuf);

impl EventFile {
    fn new() -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("runner-test-{}-{number}.jsonl", std::process::id());
        Self(env::temp_dir().join(name))
    }
}

impl Drop for EventFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
