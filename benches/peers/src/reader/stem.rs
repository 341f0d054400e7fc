//! stem's `recv_message`, on bytes in memory, timed by a Python of its own.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tor_harness_benches::Load;

use crate::stopwatch::Measured;

const SCRIPT: &str = include_str!("stem.py");

pub(crate) fn framing(python: &Path, load: &Load) -> Measured {
    run(python, load, "framing")
}

pub(crate) fn typed_events(python: &Path, load: &Load) -> Measured {
    run(python, load, "typed")
}

fn run(python: &Path, load: &Load, what: &str) -> Result<Duration> {
    let mut child = Command::new(python)
        .args(["-c", SCRIPT, what, &load.messages.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("no Python with stem; .ci/install makes one")?;
    let mut stdin = child.stdin.take().expect("it is piped");
    // If it has died, what it said on stderr tells more.
    let _ = stdin.write_all(&load.bytes);
    drop(stdin);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{}", said.lines().last().unwrap_or("no reason given"));
    }
    let nanoseconds = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}
