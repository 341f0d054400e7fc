//! Readers in Python, timed by a Python of their own.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::stopwatch::Measured;

/// The time that a script prints, in nanoseconds, when these bytes are its stdin.
pub(crate) fn time(python: &Path, script: &str, args: &[&str], stdin: &[u8]) -> Measured {
    let nanoseconds = run(python, script, args, stdin)?.trim().parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}

/// What a script prints when these bytes are its stdin.
pub(crate) fn run(python: &Path, script: &str, args: &[&str], stdin: &[u8]) -> Result<String> {
    let mut child = Command::new(python)
        .args(["-c", script])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("no Python with stem; .ci/install makes one")?;
    let mut pipe = child.stdin.take().expect("it is piped");
    // If it has died, what it said on stderr tells more.
    let _ = pipe.write_all(stdin);
    drop(pipe);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{}", said.lines().last().unwrap_or("no reason given"));
    }
    Ok(String::from_utf8(output.stdout)?)
}
