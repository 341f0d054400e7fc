//! How long it takes to start.

use std::fs::Permissions;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tor_harness::mock::Mock;
use tor_harness::process::{Executable, Listen, Tor, find_tor};

use crate::Result;
use crate::controller::Controller;
use crate::table::Row;

const TIMES: usize = 100;

pub(crate) fn rows() -> Result<Vec<Row>> {
    let tor = find_tor().ok();
    let (mut mocks, mut tors) = (Vec::new(), Vec::new());
    let (mut mock_processes, mut tor_processes) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        mocks.push(in_a_test()?);
        mock_processes.push(until_line(
            Command::new(command()?).arg("mock"),
            "\"ready\"",
        )?);
        if let Some(tor) = &tor {
            tors.push(with_tor()?);
            tor_processes.push(by_hand(tor)?);
        }
    }
    Ok(vec![
        Row::times(
            "start to authenticated, in a Rust test",
            &mut mocks,
            &mut tors,
        ),
        Row::times(
            "process, spawned to ready",
            &mut mock_processes,
            &mut tor_processes,
        ),
    ])
}

/// The command, which is built beside the benchmarks.
pub(crate) fn command() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let command = here
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("tor-harness"));
    command
        .filter(|command| command.is_file())
        .ok_or_else(|| "no command tor-harness: run `cargo xtask bench --mock`".into())
}

fn in_a_test() -> Result<Duration> {
    let started = Instant::now();
    let mock = Mock::builder().start()?;
    Controller::connect(mock.endpoint())?;
    Ok(started.elapsed())
}

fn with_tor() -> Result<Duration> {
    let started = Instant::now();
    let tor = Tor::builder().listen(Listen::Tcp).start()?;
    Controller::connect(tor.endpoint())?;
    let taken = started.elapsed();
    tor.stop()?;
    Ok(taken)
}

/// The least that gets a tor to a control port: a Unix socket, and nothing that
/// can be left out.
fn by_hand(tor: &Executable) -> Result<Duration> {
    let folder = tempfile::Builder::new()
        .permissions(Permissions::from_mode(0o700))
        .tempdir()?;
    let file = |name: &str| folder.path().join(name);
    for name in ["torrc", "defaults-torrc"] {
        std::fs::write(file(name), "")?;
    }
    let mut command = Command::new(tor.path());
    let option = |command: &mut Command, name: &str, value: &Path| {
        command.arg(name).arg(value);
    };
    option(&mut command, "-f", &file("torrc"));
    option(&mut command, "--defaults-torrc", &file("defaults-torrc"));
    option(&mut command, "--DataDirectory", &file("data"));
    command
        .arg("--ControlPort")
        .arg(format!("unix:{}", file("control").display()));
    command.args(["--DisableNetwork", "1", "--SocksPort", "0"]);
    command.args(["--GeoIPFile", "/dev/null", "--GeoIPv6File", "/dev/null"]);
    until_line(&mut command, "Opened Control listener")
}

/// How long a process takes to print a line with this in it.
fn until_line(command: &mut Command, part: &str) -> Result<Duration> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let started = Instant::now();
    let mut child = command.spawn()?;
    let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let mut lines = lines.map_while(std::result::Result::ok);
    let came = lines.any(|line| line.contains(part));
    let taken = started.elapsed();
    child.kill()?;
    child.wait()?;
    came.then_some(taken)
        .ok_or_else(|| format!("never said {part}").into())
}
