//! Whether networks work each time, and leave nothing behind.

use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tor_harness::process::TestNetwork;
use tor_harness::traffic::HttpServer;

use crate::Result;
use crate::leftovers::{folders, is_of, nothing_left, processes_of, until};
use crate::networks::{serve, signed, start};
use crate::table::{Row, note, note_load, print};

/// The argument of an owner of a network, which is to be killed.
pub(crate) const OWNER: &str = "--owner";

const IN_A_ROW: usize = 50;
const AT_ONCE: usize = 4;
const KILLED: usize = 10;

pub(crate) fn run() -> Result<()> {
    note_load("before");
    let server = serve()?;
    let in_a_row: Result<_> = (0..IN_A_ROW).map(|_| live(&server)).collect();
    let at_once: Result<_> = thread::scope(|scope| {
        let all: Vec<_> = (0..AT_ONCE)
            .map(|_| scope.spawn(|| live(&server)))
            .collect();
        let joined = all.into_iter().map(|one| one.join());
        joined
            .map(|one| one.map_err(|_| "a network panicked")?)
            .collect()
    });
    let killed: Result<Vec<_>> = (0..KILLED).map(|_| kill()).collect();
    let (ended, removed) = killed?.into_iter().unzip();
    print(&[
        Row::new("a network in a row: first answer", in_a_row?),
        Row::new("4 networks at once: first answer", at_once?),
        Row::new("SIGKILL of the owner: every node gone", ended).at_most(1.0),
        Row::new("SIGKILL of the owner: every folder gone", removed),
    ]);
    note("none failed; no process and no folder was left of any");
    note_load("after");
    Ok(())
}

/// A network's whole life; how long its first page took.
fn live(server: &HttpServer) -> Result<Duration> {
    let (network, phases) = start(signed(), server)?;
    let complaints = network.complaints()?;
    if !complaints.is_empty() {
        return Err(complaints.join("\n").into());
    }
    let folders = folders(&network);
    network.stop()?;
    nothing_left(&folders)?;
    Ok(phases[phases.len() - 1])
}

/// Kills the owner of a network; how long until its nodes are gone, and their folders.
fn kill() -> Result<(Duration, Duration)> {
    let mut owner = Command::new(env::current_exe()?)
        .arg(OWNER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let told = told_folders(&mut owner);
    let nodes = told.as_ref().map(|folders| processes_of(folders));
    let start = Instant::now();
    owner.kill()?;
    let nodes = nodes.unwrap_or_else(|_| Ok(Vec::new()))?;
    let folders = told?;
    until("all nodes to end", || {
        !nodes.iter().any(|node| is_of(*node, &folders))
    })?;
    let ended = start.elapsed();
    until("all folders to be removed", || {
        nothing_left(&folders).is_ok()
    })?;
    let removed = start.elapsed();
    owner.wait()?;
    Ok((ended, removed))
}

/// What an owner says when its network is there.
fn told_folders(owner: &mut Child) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for line in BufReader::new(owner.stdout.take().ok_or("no output")?).lines() {
        match line? {
            line if line.is_empty() => return Ok(folders),
            line => folders.push(line.into()),
        }
    }
    Err("the owner has ended".into())
}

/// Has a network until it is killed, or nobody waits for it any more.
pub(crate) fn own() -> Result<()> {
    let network = TestNetwork::start()?;
    let mut output = io::stdout().lock();
    for folder in folders(&network) {
        writeln!(output, "{}", folder.display())?;
    }
    writeln!(output)?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
